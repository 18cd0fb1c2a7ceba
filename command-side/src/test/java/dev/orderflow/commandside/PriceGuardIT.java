package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No order at a price that is not the product's, whichever instance has changed it. */
@ExtendWith(SharedCommandSide.class)
class PriceGuardIT {
  private final RunningCommandSide commandSide;

  PriceGuardIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void a_price_that_another_instance_has_changed_is_stale_at_once() {
    var product = commandSide.product(5);
    commandSide.order(
        commandSide.first(),
        commandSide.alice(),
        RunningCommandSide.newKey("alice"),
        product,
        1,
        "50000",
        1);
    assertThat(commandSide.changePrice(commandSide.second(), product, 60000).status())
        .isEqualTo(200);

    var stale =
        commandSide.order(
            commandSide.first(),
            commandSide.alice(),
            RunningCommandSide.newKey("alice"),
            product,
            1,
            "50000",
            1);

    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.code()).isEqualTo("PRICE_CHANGED");
    var change = stale.body().path("changes").get(0);
    assertThat(change.path("productId").asString()).isEqualTo(product);
    assertThat(change.path("expectedPrice").decimalValue()).isEqualByComparingTo("50000");
    assertThat(change.path("currentPrice").decimalValue()).isEqualByComparingTo("60000");
    assertThat(change.path("currentVersion").asInt()).isEqualTo(2);
    assertThat(
            commandSide
                .order(
                    commandSide.first(),
                    commandSide.alice(),
                    RunningCommandSide.newKey("alice"),
                    product,
                    1,
                    "60000",
                    2)
                .status())
        .isEqualTo(201);
  }

  @Test
  void a_price_is_changed_only_by_those_who_have_seen_the_current_one() {
    var product = commandSide.product(0);

    var changed = commandSide.changePrice(commandSide.first(), product, 60000, "If-Match", "\"1\"");
    var late = commandSide.changePrice(commandSide.second(), product, 70000, "If-Match", "\"1\"");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.raw().headers().firstValue("ETag")).hasValue("\"2\"");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("PRECONDITION_FAILED");
    assertThat(
            commandSide
                .changePrice(commandSide.second(), product, 70000, "If-Match", "\"2\"")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1", "\"1\" \"2\"", "*, \"1\"", ""})
  void a_precondition_that_has_not_its_form_is_refused(String ifMatch) {
    var product = commandSide.product(0);

    var refused = commandSide.changePrice(commandSide.first(), product, 60000, "If-Match", ifMatch);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("violations").get(0).path("field").asString())
        .isEqualTo("If-Match");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "\"1\"",
        "\"1-17\"",
        "\"1\", \"2\"",
        "\"9\",\"x\" , \"1-4\"",
        "W/\"9\", \"1\""
      })
  void a_precondition_that_the_price_meets_changes_it(String ifMatch) {
    var product = commandSide.product(0);

    assertThat(
            commandSide
                .changePrice(commandSide.first(), product, 60000, "If-Match", ifMatch)
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "If-Match|\"2\"",
        "If-Match|\"0\"",
        "If-Match|W/\"1\"",
        "If-Match|\"v1\", \"2-1\"",
        "If-None-Match|*",
        "If-None-Match|\"1\"",
        "If-None-Match|W/\"1-17\", \"3\""
      })
  void a_precondition_that_the_price_does_not_meet_changes_nothing(String name, String value) {
    var product = commandSide.product(0);

    var refused = commandSide.changePrice(commandSide.first(), product, 60000, name, value);

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.code()).isEqualTo("PRECONDITION_FAILED");
    assertThat(
            commandSide
                .changePrice(commandSide.first(), product, 60000, "If-Match", "\"1\"")
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_price_of_another_version_than_the_caller_names_is_changed() {
    var product = commandSide.product(0);

    assertThat(
            commandSide
                .changePrice(commandSide.first(), product, 60000, "If-None-Match", "\"2\"")
                .status())
        .isEqualTo(200);
    assertThat(
            commandSide
                .changePrice(commandSide.first(), product, 70000, "If-None-Match", "\"2\"")
                .status())
        .isEqualTo(412);
  }

  @Test
  void of_two_changes_of_one_price_version_one_goes_through() throws Exception {
    for (var round = 0; round < 10; round++) {
      var product = commandSide.product(0);

      var answers =
          RunningCommandSide.together(
              List.of(
                  () ->
                      commandSide.changePrice(
                          commandSide.first(), product, 60000, "If-Match", "\"1\""),
                  () ->
                      commandSide.changePrice(
                          commandSide.second(), product, 70000, "If-Match", "\"1\"")));

      assertThat(answers.stream().map(Instance.Answer::status).sorted()).containsExactly(200, 412);
    }
  }
}
