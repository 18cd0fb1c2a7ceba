package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One idempotency key, one order, on whichever instance it arrives. */
@ExtendWith(SharedCommandSide.class)
class IdempotencyIT {
  private final RunningCommandSide commandSide;

  IdempotencyIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void the_same_key_again_answers_with_the_same_order_on_any_instance() {
    var product = commandSide.product(10);
    var key = RunningCommandSide.newKey("alice");
    var placed =
        commandSide.order(commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1);

    var again =
        commandSide.order(commandSide.second(), commandSide.alice(), key, product, 1, "50000", 1);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(again.body().path("orderId")).isEqualTo(placed.body().path("orderId"));
    assertThat(commandSide.levels(product)).containsExactly(9, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "\"%s\""})
  void the_key_may_come_in_the_header_plain_or_quoted(String form) {
    var product = commandSide.product(10);
    var key = RunningCommandSide.newKey("alice");
    var placed =
        place(RunningCommandSide.orderBody(null, product, "1", "50000", "1"), form.formatted(key));

    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.body().path("version").asString()).isEqualTo(key);
    assertThat(
            place(
                    RunningCommandSide.orderBody(key, product, "1", "50000", "1"),
                    form.formatted(key))
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_key_in_the_body_and_another_in_the_header_are_refused() {
    var product = commandSide.product(10);
    var body =
        RunningCommandSide.orderBody(
            RunningCommandSide.newKey("alice"), product, "1", "50000", "1");

    var refused = place(body, RunningCommandSide.newKey("alice"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("INVALID_IDEMPOTENCY_KEY");
    assertThat(refused.body().path("violations").get(0).path("message").asString())
        .contains("Idempotency-Key");
    assertThat(commandSide.levels(product)).containsExactly(10, 0, 0);
  }

  private Instance.Answer place(String body, String headerKey) {
    return commandSide
        .first()
        .send("POST", "/orders", commandSide.alice(), body, "Idempotency-Key", headerKey);
  }

  @Test
  void the_same_key_for_another_request_is_refused() {
    var product = commandSide.product(10);
    var key = RunningCommandSide.newKey("alice");
    commandSide.order(commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1);

    var other =
        commandSide.order(commandSide.second(), commandSide.alice(), key, product, 2, "50000", 1);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(commandSide.levels(product)).containsExactly(9, 1, 0);
  }

  @Test
  void twins_on_two_instances_become_one_order() throws Exception {
    var product = commandSide.product(1_000);
    for (var round = 0; round < 20; round++) {
      var key = RunningCommandSide.newKey("alice");
      var answers =
          RunningCommandSide.together(
              List.of(
                  () ->
                      commandSide.order(
                          commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1),
                  () ->
                      commandSide.order(
                          commandSide.second(), commandSide.alice(), key, product, 1, "50000", 1),
                  () ->
                      commandSide.order(
                          commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1),
                  () ->
                      commandSide.order(
                          commandSide.second(), commandSide.alice(), key, product, 1, "50000", 1)));
      assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 201);
      assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
      assertThat(answers.stream().map(answer -> answer.body().path("orderId")).distinct())
          .hasSize(1);
    }
    assertThat(commandSide.levels(product)).containsExactly(980, 20, 0);
  }

  @Test
  void twins_with_contact_data_become_one_order_too() throws Exception {
    var product = commandSide.product(1_000);
    for (var round = 0; round < 10; round++) {
      var body =
          RunningCommandSide.orderBody(
                  RunningCommandSide.newKey("alice"), product, "1", "50000", "1")
              .replaceFirst("\\{", "{\"contact\": {\"email\": \"alice@example.org\"},");
      var answers =
          RunningCommandSide.together(
              List.of(
                  () -> commandSide.first().send("POST", "/orders", commandSide.alice(), body),
                  () -> commandSide.second().send("POST", "/orders", commandSide.alice(), body)));
      assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 201);
    }
  }
}
