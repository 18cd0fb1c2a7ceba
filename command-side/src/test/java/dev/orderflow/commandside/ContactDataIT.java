package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contact data lives beside the events, and goes when it is told to. */
@ExtendWith(SharedShop.class)
class ContactDataIT {
  private final Shop shop;

  ContactDataIT(Shop shop) {
    this.shop = shop;
  }

  @Test
  void contact_data_is_kept_beside_the_events_and_can_be_erased() {
    var product = shop.product(5);
    var key = Shop.newKey("alice");
    var email = "alice-" + UUID.randomUUID() + "@example.org";
    var body =
        Shop.orderBody(key, product, "1", "50000", "1")
            .replaceFirst(
                "\\{",
                "{\"contact\": {\"name\": \"Alice\", \"email\": \"%s\", \"address\": \"here\"}, \"locale\": \"vi\","
                    .formatted(email));
    assertThat(shop.first().send("POST", "/orders", shop.alice(), body).status()).isEqualTo(201);

    assertThat(shop.count("SELECT count(*) FROM order_contact WHERE email = '" + email + "'"))
        .isOne();
    assertThat(
            shop.count(
                "SELECT count(*) FROM event_log WHERE payload::text LIKE '%"
                    + email
                    + "%' OR metadata::text LIKE '%"
                    + email
                    + "%'"))
        .isZero();
    assertThat(shop.first().send("DELETE", "/customers/alice/personal-data", shop.bob(), "").code())
        .isEqualTo("FORBIDDEN");
    assertThat(
            shop.first()
                .send("DELETE", "/customers/alice/personal-data", shop.alice(), "")
                .status())
        .isEqualTo(204);
    assertThat(shop.first().send("POST", "/orders", shop.alice(), body).status()).isEqualTo(200);
    assertThat(shop.count("SELECT count(*) FROM order_contact WHERE user_id = 'alice'"))
        .as("what a repeated request has brought back")
        .isZero();
  }

  @Test
  void a_customer_is_told_all_that_is_stored_and_after_an_erasure_that_nothing_is() {
    var product = shop.product(5);
    var key = Shop.newKey("dora");
    var body =
        Shop.orderBody(key, product, "1", "50000", "1")
            .replaceFirst(
                "\\{",
                "{\"contact\": {\"name\": \"Dora\", \"email\": \"dora@example.org\"}, \"locale\": \"vi\",");
    var dora = shop.token("dora", "customer");
    var order = shop.first().send("POST", "/orders", dora, body);
    assertThat(order.status()).isEqualTo(201);

    for (var who : List.of(dora, shop.staff())) {
      var told = shop.second().send("GET", "/customers/dora/personal-data", who, "");

      assertThat(told.status()).isEqualTo(200);
      assertThat(told.raw().headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(told.body().path("userId").asString()).isEqualTo("dora");
      assertThat(told.body().path("contacts").toString())
          .isEqualTo(
              "[{\"orderId\":\"%s\",\"name\":\"Dora\",\"email\":\"dora@example.org\",\"locale\":\"vi\"}]"
                  .formatted(order.body().path("orderId").asString()));
      assertThat(told.body().path("kept").valueStream().map(it -> it.path("what").asString()))
          .containsExactly("userId", "orders", "mails", "backups");
    }
    assertThat(shop.first().send("GET", "/customers/dora/personal-data", shop.bob(), "").code())
        .isEqualTo("FORBIDDEN");
    assertThat(shop.first().send("GET", "/customers/%20/personal-data", shop.staff(), "").code())
        .isEqualTo("VALIDATION_FAILED");
    shop.first().send("DELETE", "/customers/dora/personal-data", dora, "");
    assertThat(
            shop.second()
                .send("GET", "/customers/dora/personal-data", dora, "")
                .body()
                .path("contacts")
                .toString())
        .isEqualTo("[]");
  }

  @Test
  void however_many_contacts_there_are_each_is_told_once() {
    shop.update(
        """
        INSERT INTO order_contact (order_id, user_id, name)
        SELECT 'ORD-many-' || n, 'emil', 'Emil' FROM generate_series(1, 1234) AS n\
        """);

    var told =
        shop.first()
            .send("GET", "/customers/emil/personal-data", shop.token("emil", "customer"), "");

    assertThat(told.body().path("contacts").valueStream().map(it -> it.path("orderId").asString()))
        .hasSize(1234)
        .doesNotHaveDuplicates();
  }
}
