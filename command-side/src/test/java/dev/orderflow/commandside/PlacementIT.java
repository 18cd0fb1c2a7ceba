package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.proto.ordering.v1.Contact;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an order takes, and what a refused one leaves. */
@ExtendWith(SharedShop.class)
class PlacementIT {
  private final Shop shop;

  PlacementIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void an_order_is_placed_and_holds_its_stock() {
    var product = shop.product(10);

    var answer =
        shop.order(shop.first(), shop.alice(), Shop.newKey("alice"), product, 3, "50000", 1);

    assertThat(answer.status()).isEqualTo(201);
    var orderId = answer.body().path("orderId").asString();
    assertThat(answer.raw().headers().firstValue("Location")).hasValue("/orders/" + orderId);
    assertThat(answer.body().path("status").asString()).isEqualTo("PENDING");
    assertThat(answer.body().path("totalAmount").decimalValue()).isEqualByComparingTo("150000");
    assertThat(shop.levels(product)).containsExactly(7, 3, 0);
  }

  @Test
  void two_instances_never_sell_more_than_there_is() throws Exception {
    var product = shop.product(25);
    var attempts = new ArrayList<Callable<Instance.Answer>>();
    for (var i = 0; i < 60; i++) {
      var instance = i % 2 == 0 ? shop.first() : shop.second();
      attempts.add(
          () -> shop.order(instance, shop.alice(), Shop.newKey("alice"), product, 1, "50000", 1));
    }

    var answers = Shop.together(attempts);

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(25);
    assertThat(answers.stream().filter(answer -> answer.status() != 201))
        .allMatch(answer -> answer.code().equals("INSUFFICIENT_STOCK"));
    assertThat(shop.levels(product)).containsExactly(0, 25, 0);
  }

  @Test
  void a_rejected_order_leaves_no_trace_and_its_key_works_again() {
    var product = shop.product(1);
    var key = Shop.newKey("alice");

    var rejected = shop.order(shop.first(), shop.alice(), key, product, 2, "50000", 1);

    assertThat(rejected.status()).isEqualTo(409);
    assertThat(rejected.code()).isEqualTo("INSUFFICIENT_STOCK");
    assertThat(rejected.body().path("shortages").get(0).path("available").asInt()).isEqualTo(1);
    assertThat(shop.levels(product)).containsExactly(1, 0, 0);
    assertThat(shop.order(shop.second(), shop.alice(), key, product, 1, "50000", 1).status())
        .isEqualTo(201);
  }

  @Test
  void bad_input_is_answered_as_documented_and_changes_nothing() {
    var product = shop.product(5);
    var events = shop.countEvents();

    assertRefused(Shop.orderBody(null, product, "1", "50000", "1"), 400, "MISSING_IDEMPOTENCY_KEY");
    assertRefused(
        Shop.orderBody("nonsense", product, "1", "50000", "1"), 400, "INVALID_IDEMPOTENCY_KEY");
    assertRefused(
        Shop.orderBody("alice_20241399143022_x", product, "1", "50000", "1"),
        400,
        "INVALID_IDEMPOTENCY_KEY");
    assertRefused(
        Shop.orderBody(Shop.newKey("bob"), product, "1", "50000", "1"),
        400,
        "INVALID_IDEMPOTENCY_KEY");
    for (var quantity : List.of("0", "-1", "1.5", "999999999999", "null", "\"x\"", "1e99")) {
      assertRefused(
          Shop.orderBody(Shop.newKey("alice"), product, quantity, "50000", "1"),
          400,
          "VALIDATION_FAILED");
    }
    for (var price :
        List.of("0", "-1", "null", "1e999999999", "1e2147483647", "1e-999999999", "\"x\"")) {
      assertRefused(
          Shop.orderBody(Shop.newKey("alice"), product, "1", price, "1"), 400, "VALIDATION_FAILED");
    }
    assertRefused(
        Shop.orderBody(Shop.newKey("alice"), product, "1", "50000", "0"), 400, "VALIDATION_FAILED");
    assertRefused(
        Shop.orderBody(Shop.newKey("alice"), "PROD-NONE", "1", "1", "1"), 422, "PRODUCT_NOT_FOUND");
    assertRefused(
        "{\"version\": \"" + Shop.newKey("alice") + "\", \"items\": []}", 400, "VALIDATION_FAILED");
    assertRefused("{broken", 400, "VALIDATION_FAILED");
    assertRefused("", 400, "VALIDATION_FAILED");
    assertRefused("[]", 400, "VALIDATION_FAILED");

    assertThat(shop.countEvents()).isEqualTo(events);
    assertThat(shop.levels(product)).containsExactly(5, 0, 0);
  }

  @Test
  void a_violation_names_the_field_and_the_remedy() {
    var answer =
        shop.first()
            .send(
                "POST",
                "/orders",
                shop.alice(),
                Shop.orderBody(Shop.newKey("alice"), shop.product(1), "0", "50000", "1"));

    var violation = answer.body().path("violations").get(0);
    assertThat(violation.path("field").asString()).isEqualTo("items[0].quantity");
    assertThat(violation.path("message").asString()).isEqualTo("must be between 1 and 1000000");
    assertThat(answer.raw().headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 50000, 1, items[0].quantity",
    "999999999999999999999, 50000, 1, items[0].quantity",
    "1, '\"x\"', 1, items[0].expectedPrice",
    "1, 50000, '{}', items[0].priceVersion"
  })
  void a_value_of_the_wrong_type_is_named(
      String quantity, String price, String version, String field) {
    var body = Shop.orderBody(Shop.newKey("alice"), "PROD-1", quantity, price, version);

    var refused = shop.first().send("POST", "/orders", shop.alice(), body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("violations").get(0).path("field").asString()).isEqualTo(field);
  }

  @Test
  void an_order_holds_no_more_pieces_than_it_may_in_all_its_lines() {
    var product = shop.product(20_000);
    var line =
        "{\"productId\": \"%s\", \"quantity\": %d, \"expectedPrice\": 50000, \"priceVersion\": 1}";
    var body = "{\"version\": \"%s\", \"items\": [%s, %s]}";

    var refused =
        shop.first()
            .send(
                "POST",
                "/orders",
                shop.alice(),
                body.formatted(
                    Shop.newKey("alice"),
                    line.formatted(product, 10_000),
                    line.formatted(product, 1)));

    assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
    var violation = refused.body().path("violations").get(0);
    assertThat(violation.path("field").asString()).isEqualTo("items");
    assertThat(violation.path("message").asString())
        .isEqualTo("must be at most 10000 pieces in all; place several orders");
    assertThat(shop.levels(product)).containsExactly(20_000, 0, 0);
    var placed =
        shop.first()
            .send(
                "POST",
                "/orders",
                shop.alice(),
                body.formatted(
                    Shop.newKey("alice"),
                    line.formatted(product, 9_999),
                    line.formatted(product, 1)));
    assertThat(placed.status()).as("%s", placed.body()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"minh@shop", "a..nh@example.com", "ánh@example.com", "anh@[127.0.0.1]"})
  void an_address_that_the_mailer_would_refuse_is_refused_over_rest_and_grpc(String address) {
    var product = shop.product(1);
    var body =
        """
        {"version": "%s", "contact": {"email": "%s"}, "items": [
          {"productId": "%s", "quantity": 1, "expectedPrice": 50000, "priceVersion": 1}]}\
        """
            .formatted(Shop.newKey("alice"), address, product);

    var refused = shop.first().send("POST", "/orders", shop.alice(), body);

    assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
    assertThat(refused.body().path("violations").get(0).path("field").asString())
        .isEqualTo("contact.email");
    assertThat(refused.raw().body()).doesNotContain(address);
    assertThatThrownBy(() ->
            shop.grpc(OrderServiceGrpc::newBlockingStub, shop.alice())
                .placeOrder(
                    PlaceOrderRequest.newBuilder()
                        .setVersion(Shop.newKey("alice"))
                        .setContact(Contact.newBuilder().setEmail(address))
                        .addItems(
                            PlaceOrderItem.newBuilder()
                                .setProductId(product)
                                .setQuantity(1)
                                .setExpectedPrice("50000")
                                .setPriceVersion(1))
                        .build()))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageNotContaining(address);
  }

  private void assertRefused(String body, int status, String code) {
    var answer = shop.first().send("POST", "/orders", shop.alice(), body);
    assertThat(answer.code()).as(body + " -> " + answer.body()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }
}
