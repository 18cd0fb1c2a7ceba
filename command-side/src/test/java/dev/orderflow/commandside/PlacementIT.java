package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.testing.RawCall;
import dev.orderflow.proto.ordering.v1.Contact;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an order takes, and what a refused one leaves. */
@ExtendWith(SharedCommandSide.class)
class PlacementIT {
  private static final String PLACED_OR_RESERVED =
      """
      SELECT count(*) FROM domain_event
      WHERE payload_type LIKE '%.OrderPlacedEvent' OR payload_type LIKE '%.StockReservedEvent'\
      """;

  private final RunningCommandSide commandSide;

  PlacementIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void an_order_is_placed_and_holds_its_stock() {
    var product = commandSide.product(10);

    var answer =
        commandSide.order(
            commandSide.first(),
            commandSide.alice(),
            RunningCommandSide.newKey("alice"),
            product,
            3,
            "50000",
            1);

    assertThat(answer.status()).isEqualTo(201);
    var orderId = answer.body().path("orderId").asString();
    assertThat(answer.raw().headers().firstValue("Location")).hasValue("/orders/" + orderId);
    assertThat(answer.body().path("status").asString()).isEqualTo("PENDING");
    assertThat(answer.body().path("totalAmount").decimalValue()).isEqualByComparingTo("150000");
    assertThat(commandSide.levels(product)).containsExactly(7, 3, 0);
  }

  @Test
  void two_instances_never_sell_more_than_there_is_and_never_deadlock() throws Exception {
    var product = commandSide.product(25);
    var attempts = new ArrayList<Callable<String>>();
    for (var i = 0; i < 60; i++) {
      attempts.add(i % 2 == 0 ? () -> overRest(product) : () -> overGrpc(product));
    }

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = callers.invokeAll(attempts).stream().map(Future::resultNow).toList();
      assertThat(outcomes).filteredOn("PLACED"::equals).hasSize(25);
      assertThat(outcomes).containsOnly("PLACED", "INSUFFICIENT_STOCK");
    }

    assertThat(commandSide.levels(product)).containsExactly(0, 25, 0);
    assertThat(
            commandSide.count(
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
        .isZero();
  }

  private String overRest(String product) {
    var key = RunningCommandSide.newKey("alice");
    var answer =
        commandSide.order(commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1);
    return answer.status() == 201 ? "PLACED" : answer.code();
  }

  private String overGrpc(String product) {
    var ending =
        RawCall.of(
            commandSide.channel(),
            OrderServiceGrpc.getPlaceOrderMethod(),
            commandSide.alice(),
            request(product).build().toByteArray());
    return ending.status().isOk() ? "PLACED" : ending.info().orElseThrow().getReason();
  }

  private static PlaceOrderRequest.Builder request(String product) {
    return PlaceOrderRequest.newBuilder()
        .setVersion(RunningCommandSide.newKey("alice"))
        .addItems(
            PlaceOrderItem.newBuilder()
                .setProductId(product)
                .setQuantity(1)
                .setExpectedPrice("50000")
                .setPriceVersion(1));
  }

  @Test
  void a_rejected_order_leaves_no_trace_and_its_key_works_again() {
    var product = commandSide.product(1);
    var key = RunningCommandSide.newKey("alice");

    var rejected =
        commandSide.order(commandSide.first(), commandSide.alice(), key, product, 2, "50000", 1);

    assertThat(rejected.status()).isEqualTo(409);
    assertThat(rejected.code()).isEqualTo("INSUFFICIENT_STOCK");
    var shortage = rejected.body().path("shortages").get(0);
    assertThat(shortage.path("productId").asString()).isEqualTo(product);
    assertThat(shortage.path("requested").asInt()).isEqualTo(2);
    assertThat(shortage.path("available").asInt()).isEqualTo(1);
    assertThat(commandSide.levels(product)).containsExactly(1, 0, 0);
    assertThat(
            commandSide
                .order(commandSide.second(), commandSide.alice(), key, product, 1, "50000", 1)
                .status())
        .isEqualTo(201);
  }

  @Test
  void bad_input_is_answered_as_documented_and_changes_nothing() {
    var product = commandSide.product(5);
    var events = commandSide.countEvents();

    for (var key : new String[] {null, ""}) {
      assertRefused(
          RunningCommandSide.orderBody(key, product, "1", "50000", "1"),
          400,
          "MISSING_IDEMPOTENCY_KEY");
    }
    for (var key :
        List.of(
            "nonsense",
            "alice_20241399143022_x",
            "alice_20241399250000_abc",
            "alice_20241201143022_",
            RunningCommandSide.newKey("bob"))) {
      assertRefused(
          RunningCommandSide.orderBody(key, product, "1", "50000", "1"),
          400,
          "INVALID_IDEMPOTENCY_KEY");
    }
    for (var quantity : List.of("0", "-1", "1.5", "999999999999", "null", "\"x\"", "1e99")) {
      assertRefused(
          RunningCommandSide.orderBody(
              RunningCommandSide.newKey("alice"), product, quantity, "50000", "1"),
          400,
          "VALIDATION_FAILED");
    }
    for (var price :
        List.of("0", "-1", "null", "1e999999999", "1e2147483647", "1e-999999999", "\"x\"")) {
      assertRefused(
          RunningCommandSide.orderBody(
              RunningCommandSide.newKey("alice"), product, "1", price, "1"),
          400,
          "VALIDATION_FAILED");
    }
    assertRefused(
        RunningCommandSide.orderBody(
            RunningCommandSide.newKey("alice"), product, "1", "50000", "0"),
        400,
        "VALIDATION_FAILED");
    assertRefused(
        RunningCommandSide.orderBody(
            RunningCommandSide.newKey("alice"), product, "1", "50000", "99"),
        409,
        "PRICE_CHANGED");
    assertRefused(twoLines(product, 5, 1), 409, "INSUFFICIENT_STOCK");
    assertRefused(
        RunningCommandSide.orderBody(
            RunningCommandSide.newKey("alice"), "PROD-NONE", "1", "1", "1"),
        422,
        "PRODUCT_NOT_FOUND");
    for (var items : List.of("", ", \"items\": []")) {
      assertRefused(
          "{\"version\": \"" + RunningCommandSide.newKey("alice") + "\"" + items + "}",
          400,
          "VALIDATION_FAILED");
    }
    for (var body : List.of("{broken", "", "[]", "\"order\"", "{\"items\": 7}")) {
      assertRefused(body, 400, "VALIDATION_FAILED");
    }

    assertThat(commandSide.countEvents()).isEqualTo(events);
    assertThat(commandSide.levels(product)).containsExactly(5, 0, 0);
  }

  @Test
  void a_violation_names_the_field_and_the_remedy() {
    var answer =
        commandSide
            .first()
            .send(
                "POST",
                "/orders",
                commandSide.alice(),
                RunningCommandSide.orderBody(
                    RunningCommandSide.newKey("alice"), commandSide.product(1), "0", "50000", "1"));

    var violation = answer.body().path("violations").get(0);
    assertThat(violation.path("field").asString()).isEqualTo("items[0].quantity");
    assertThat(violation.path("message").asString()).isEqualTo("must be between 1 and 1000000");
    assertThat(answer.raw().headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"productId", "quantity", "expectedPrice", "priceVersion"})
  void a_field_of_a_line_that_is_left_out_is_named(String field) {
    var body =
        RunningCommandSide.orderBody(
                RunningCommandSide.newKey("alice"), "PROD-1", "1", "50000", "1")
            .replaceFirst("\"" + field + "\": [^,}]+(, )?", "")
            .replace(", }", "}");

    var refused = commandSide.first().send("POST", "/orders", commandSide.alice(), body);

    assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
    assertThat(refused.body().path("violations").get(0).path("field").asString())
        .isEqualTo("items[0]." + field);
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
    var body =
        RunningCommandSide.orderBody(
            RunningCommandSide.newKey("alice"), "PROD-1", quantity, price, version);

    var refused = commandSide.first().send("POST", "/orders", commandSide.alice(), body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("violations").get(0).path("field").asString()).isEqualTo(field);
  }

  @Test
  void an_order_holds_no_more_pieces_than_it_may_in_all_its_lines() {
    var product = commandSide.product(20_000);

    var refused =
        commandSide
            .first()
            .send("POST", "/orders", commandSide.alice(), twoLines(product, 10_000, 1));

    assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
    var violation = refused.body().path("violations").get(0);
    assertThat(violation.path("field").asString()).isEqualTo("items");
    assertThat(violation.path("message").asString())
        .isEqualTo("must be at most 10000 pieces in all; place several orders");
    assertThat(commandSide.levels(product)).containsExactly(20_000, 0, 0);
    var placed =
        commandSide
            .first()
            .send("POST", "/orders", commandSide.alice(), twoLines(product, 9_999, 1));
    assertThat(placed.status()).as("%s", placed.body()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"minh@shop", "a..nh@example.com", "ánh@example.com", "anh@[127.0.0.1]"})
  void an_address_that_the_mailer_would_refuse_is_refused_over_rest_and_grpc(String address) {
    var product = commandSide.product(1);
    var body =
        """
        {"version": "%s", "contact": {"email": "%s"}, "items": [
          {"productId": "%s", "quantity": 1, "expectedPrice": 50000, "priceVersion": 1}]}\
        """
            .formatted(RunningCommandSide.newKey("alice"), address, product);

    var refused = commandSide.first().send("POST", "/orders", commandSide.alice(), body);

    assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
    assertThat(refused.body().path("violations").get(0).path("field").asString())
        .isEqualTo("contact.email");
    assertThat(refused.raw().body()).doesNotContain(address);
    assertThatThrownBy(() ->
            commandSide
                .grpc(OrderServiceGrpc::newBlockingStub, commandSide.alice())
                .placeOrder(
                    request(product).setContact(Contact.newBuilder().setEmail(address)).build()))
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageNotContaining(address);
  }

  private static String twoLines(String product, int first, int second) {
    var line =
        "{\"productId\": \"%s\", \"quantity\": %d, \"expectedPrice\": 50000, \"priceVersion\": 1}";
    return "{\"version\": \"%s\", \"items\": [%s, %s]}"
        .formatted(
            RunningCommandSide.newKey("alice"),
            line.formatted(product, first),
            line.formatted(product, second));
  }

  /** It leaves nothing behind either. */
  private void assertRefused(String body, int status, String code) {
    var before = commandSide.count(PLACED_OR_RESERVED);
    var answer = commandSide.first().send("POST", "/orders", commandSide.alice(), body);
    assertThat(answer.code()).as(body + " -> " + answer.body()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(commandSide.count(PLACED_OR_RESERVED)).isEqualTo(before);
  }
}
