package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

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
}
