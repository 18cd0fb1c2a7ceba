package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contact data lives beside the events, and goes when it is told to. */
@ExtendWith(SharedCommandSide.class)
class ContactDataIT {
  private final RunningCommandSide commandSide;

  ContactDataIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void contact_data_is_kept_beside_the_events_and_can_be_erased() {
    var product = commandSide.product(5);
    var key = RunningCommandSide.newKey("alice");
    var email = "alice-" + UUID.randomUUID() + "@example.org";
    var body =
        RunningCommandSide.orderBody(key, product, "1", "50000", "1")
            .replaceFirst(
                "\\{",
                "{\"contact\": {\"name\": \"Alice\", \"email\": \"%s\", \"address\": \"here\"}, \"locale\": \"vi\","
                    .formatted(email));
    assertThat(commandSide.first().send("POST", "/orders", commandSide.alice(), body).status())
        .isEqualTo(201);

    assertThat(
            commandSide.count("SELECT count(*) FROM order_contact WHERE email = '" + email + "'"))
        .isOne();
    assertThat(
            commandSide.count(
                "SELECT count(*) FROM event_log WHERE payload::text LIKE '%"
                    + email
                    + "%' OR metadata::text LIKE '%"
                    + email
                    + "%'"))
        .isZero();
    assertThat(
            commandSide
                .first()
                .send("DELETE", "/customers/alice/personal-data", commandSide.bob(), "")
                .code())
        .isEqualTo("FORBIDDEN");
    assertThat(
            commandSide
                .first()
                .send("DELETE", "/customers/alice/personal-data", commandSide.alice(), "")
                .status())
        .isEqualTo(204);
    assertThat(commandSide.first().send("POST", "/orders", commandSide.alice(), body).status())
        .isEqualTo(200);
    assertThat(commandSide.count("SELECT count(*) FROM order_contact WHERE user_id = 'alice'"))
        .as("what a repeated request has brought back")
        .isZero();
  }

  @Test
  void a_customer_is_told_all_that_is_stored_and_after_an_erasure_that_nothing_is() {
    var product = commandSide.product(5);
    var key = RunningCommandSide.newKey("dora");
    var body =
        RunningCommandSide.orderBody(key, product, "1", "50000", "1")
            .replaceFirst(
                "\\{",
                "{\"contact\": {\"name\": \"Dora\", \"email\": \"dora@example.org\"}, \"locale\": \"vi\",");
    var dora = commandSide.token("dora", "customer");
    var order = commandSide.first().send("POST", "/orders", dora, body);
    assertThat(order.status()).isEqualTo(201);

    for (var who : List.of(dora, commandSide.staff())) {
      var told = commandSide.second().send("GET", "/customers/dora/personal-data", who, "");

      assertThat(told.status()).isEqualTo(200);
      assertThat(told.raw().headers().firstValue("Cache-Control").orElse("")).contains("no-store");
      assertThat(told.body().path("userId").asString()).isEqualTo("dora");
      assertThat(told.body().path("contacts").toString())
          .isEqualTo(
              "[{\"orderId\":\"%s\",\"name\":\"Dora\",\"email\":\"dora@example.org\",\"locale\":\"vi\"}]"
                  .formatted(order.body().path("orderId").asString()));
      assertThat(told.body().path("kept").valueStream().map(it -> it.path("what").asString()))
          .containsExactly("userId", "orders", "mails", "backups");
    }
    assertThat(
            commandSide
                .first()
                .send("GET", "/customers/dora/personal-data", commandSide.bob(), "")
                .code())
        .isEqualTo("FORBIDDEN");
    assertThat(
            commandSide
                .first()
                .send("GET", "/customers/%20/personal-data", commandSide.staff(), "")
                .code())
        .isEqualTo("VALIDATION_FAILED");
    commandSide.first().send("DELETE", "/customers/dora/personal-data", dora, "");
    assertThat(
            commandSide
                .second()
                .send("GET", "/customers/dora/personal-data", dora, "")
                .body()
                .path("contacts")
                .toString())
        .isEqualTo("[]");
  }

  @Test
  void however_many_contacts_there_are_each_is_told_once() {
    commandSide.update(
        """
        INSERT INTO order_contact (order_id, user_id, name)
        SELECT 'ORD-many-' || n, 'emil', 'Emil' FROM generate_series(1, 1234) AS n\
        """);

    var told =
        commandSide
            .first()
            .send(
                "GET", "/customers/emil/personal-data", commandSide.token("emil", "customer"), "");

    assertThat(told.body().path("contacts").valueStream().map(it -> it.path("orderId").asString()))
        .hasSize(1234)
        .doesNotHaveDuplicates();
  }
}
