package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.proto.catalog.v1.PriceChanged;
import dev.orderflow.proto.catalog.v1.PriceVerdict;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The admission check may turn a stale price away before the writer sees it; it never decides
 * anything else, and what goes wrong with it costs no order.
 */
@ExtendWith(SharedCommandSide.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PriceCheckIT {
  /** After so many calls, of which half failed, the check is not asked for a while. */
  private static final int CALLS_BEFORE_THE_PAUSE = 10;

  private final RunningCommandSide refused;
  private final FakeQuerySide querySide = new FakeQuerySide();
  private final RunningCommandSide commandSide =
      RunningCommandSide.withOneInstance(
          querySide.setting(), "--orderflow.ordering.price-check.deadline=10s");

  /** Its instances ask an address without a server. */
  PriceCheckIT(RunningCommandSide refused) {
    this.refused = refused;
  }

  @AfterAll
  void close() {
    commandSide.close();
    querySide.close();
  }

  @Test
  void a_client_who_is_ahead_of_the_view_is_not_refused() {
    var product = commandSide.product(1);
    commandSide.changePrice(commandSide.first(), product, 60000);
    querySide.saysThatThePriceIs("50000", 1);
    var before = querySide.calls();

    assertThat(order(product, "60000", 2).status()).isEqualTo(201);
    assertThat(querySide.calls()).isEqualTo(before + 1);
  }

  /** The writer would take the order: that it is refused shows that the writer was not asked. */
  @Test
  void a_stale_price_is_turned_away_before_the_writer_sees_it() {
    var product = commandSide.product(1);
    querySide.saysThatThePriceIs("70000", 7);
    var events = commandSide.countEvents();

    var answer = order(product, "50000", 1);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("PRICE_CHANGED");
    var change = answer.body().path("changes").get(0);
    assertThat(change.path("productId").asString()).isEqualTo(product);
    assertThat(change.path("expectedPrice").decimalValue()).isEqualByComparingTo("50000");
    assertThat(change.path("expectedVersion").asInt()).isEqualTo(1);
    assertThat(change.path("currentPrice").decimalValue()).isEqualByComparingTo("70000");
    assertThat(change.path("currentVersion").asInt()).isEqualTo(7);
    assertThat(commandSide.countEvents()).isEqualTo(events);
  }

  @Test
  void an_order_that_was_placed_is_the_answer_to_its_key_whatever_the_price_is_by_now() {
    var product = commandSide.product(1);
    var key = RunningCommandSide.newKey("alice");
    querySide.saysThatThePriceIs("50000", 1);
    commandSide.order(commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1);
    querySide.saysThatThePriceIs("70000", 7);

    assertThat(
            commandSide
                .order(commandSide.first(), commandSide.alice(), key, product, 1, "50000", 1)
                .status())
        .isEqualTo(200);
  }

  static Stream<ValidatePriceWithVersionResponse.Builder> nonsense() {
    return Stream.of(
        ValidatePriceWithVersionResponse.newBuilder(),
        ValidatePriceWithVersionResponse.newBuilder().addResults(changed("PROD-OTHER", "70000")),
        ValidatePriceWithVersionResponse.newBuilder().addResults(changed("", "")),
        ValidatePriceWithVersionResponse.newBuilder()
            .addResults(PriceVerdict.getDefaultInstance())
            .addResults(changed("PROD-OTHER", "70000")));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void an_answer_that_does_not_fit_the_question_is_none(
      ValidatePriceWithVersionResponse.Builder nonsense) {
    querySide.says(nonsense);

    assertThat(order(commandSide.product(1), "50000", 1).status()).isEqualTo(201);
  }

  @Test
  void a_price_that_is_no_number_is_no_answer() {
    querySide.saysThatThePriceIs("free", 7);

    assertThat(order(commandSide.product(1), "50000", 1).status()).isEqualTo(201);
  }

  @Test
  void without_a_query_side_orders_are_placed_all_the_same() {
    assertThat(refused.orderId(refused.product(1))).startsWith("ORD-");
  }

  @Test
  void a_query_side_that_never_answers_is_soon_not_waited_for() {
    try (var silent = new FakeQuerySide();
        var patient =
            RunningCommandSide.withOneInstance(
                silent.setting(),
                "--orderflow.ordering.price-check.deadline=50ms",
                "--orderflow.ordering.price-check.pause=1h")) {
      var product = patient.product(2 * CALLS_BEFORE_THE_PAUSE);

      for (var i = 0; i < 2 * CALLS_BEFORE_THE_PAUSE; i++) {
        assertThat(patient.orderId(product)).startsWith("ORD-");
      }

      assertThat(silent.calls()).isPositive().isLessThanOrEqualTo(CALLS_BEFORE_THE_PAUSE);
    }
  }

  private static PriceVerdict changed(String product, String price) {
    return PriceVerdict.newBuilder()
        .setProductId(product)
        .setChanged(PriceChanged.newBuilder().setCurrentPrice(price).setCurrentVersion(7))
        .build();
  }

  private Instance.Answer order(String product, String price, int version) {
    return commandSide.order(
        commandSide.first(),
        commandSide.alice(),
        RunningCommandSide.newKey("alice"),
        product,
        1,
        price,
        version);
  }
}
