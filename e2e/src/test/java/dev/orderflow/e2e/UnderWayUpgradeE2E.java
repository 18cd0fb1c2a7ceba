package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.e2e.shop.Stock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What an earlier version has begun is brought to its end, wherever it stood when that version
 * ended. Its data is a resource; the script beside it makes an order of each name that is used
 * here. That nothing is charged twice, and no money kept but for what was sold, is looked at over
 * the whole history afterwards.
 */
@RunsOn(Setup.CARRIES_ON)
class UnderWayUpgradeE2E {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int PIECES = 10;
  private static final int ORDERED = 2;

  private final LocalPlatform platform;
  private final ShopClient shop;

  UnderWayUpgradeE2E(LocalPlatform platform) {
    this.platform = platform;
    shop = platform.shop();
  }

  /**
   * Waiting for the provider; charged, but its answer was lost; paid; confirmed, with the sale of
   * the stock written down; the same unheard by the saga; placed, with the payment not requested;
   * the same unheard by the saga.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "in-payment",
        "charged",
        "confirming",
        "unsold",
        "unsold-unheard",
        "unrequested",
        "unheard"
      })
  void an_order_that_is_paid_is_confirmed_and_its_stock_is_sold(String name) {
    assertThat(shop.awaitFinal(earlier(name)).status()).isEqualTo("CONFIRMED");
    awaitSold(product(name));
  }

  @Test
  void of_a_confirmed_order_the_stock_is_sold_that_is_not_sold_yet() {
    assertThat(earlier("half-sold").status()).isEqualTo("CONFIRMED");
    awaitSold("PROD-HALF-SOLD");
    awaitSold("PROD-OTHER-HALF");
  }

  /**
   * Overdue; overdue, with the cancellation under way; not paid; cancelled, with the release of the
   * stock written down; the same unheard by the saga; cancelled before the money came; cancelled
   * after it had come.
   */
  @ParameterizedTest
  @CsvSource({
    "overdue, PAYMENT_TIMEOUT",
    "timing-out, PAYMENT_TIMEOUT",
    "declined, PAYMENT_FAILED",
    "unreleased, CUSTOMER_REQUEST",
    "unreleased-unheard, CUSTOMER_REQUEST",
    "given-back, CUSTOMER_REQUEST",
    "refunding, CUSTOMER_REQUEST"
  })
  void an_order_that_is_not_paid_in_time_or_not_wanted_is_cancelled_and_its_stock_comes_back(
      String name, String reason) {
    assertThat(shop.awaitFinal(earlier(name)).cancelReason()).isEqualTo(reason);
    awaitBack(product(name));
  }

  @Test
  void an_order_whose_deadline_is_far_away_can_be_cancelled() {
    var order = earlier("by-customer");

    var answer = shop.as(ALICE).post("/orders/" + order.orderId() + "/cancel", "");

    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    assertThat(shop.awaitFinal(order).cancelReason()).isEqualTo("CUSTOMER_REQUEST");
    awaitBack(product("by-customer"));
  }

  @Test
  void a_reservation_that_is_overdue_comes_back() {
    awaitBack("PROD-RESERVED");
  }

  @Test
  void what_could_not_proceed_is_listed_and_carried_on_when_staff_say_so() {
    var kept = earlier("kept");
    var refused = earlier("refused");
    assertThat(kept.status()).isEqualTo("CONFIRMED");
    assertThat(refused.status()).isEqualTo("PENDING");
    assertThat(letters(kept))
        .extracting(letter -> letter.path("attempts").asInt())
        .containsExactly(1, 0);
    assertThat(letters(refused)).hasSize(1);

    for (var order : List.of(kept, refused)) {
      var first = letters(order).getFirst().path("id").asString();
      assertThat(shop.as(STAFF).post("/admin/dead-letters/" + first + "/retry", "").status())
          .isEqualTo(202);
    }

    assertThat(shop.awaitFinal(refused).status()).isEqualTo("CONFIRMED");
    awaitSold(product("kept"));
    awaitSold(product("refused"));
    await("no letter is left")
        .atMost(SOON)
        .until(() -> letters(kept).isEmpty() && letters(refused).isEmpty());
  }

  private List<JsonNode> letters(Order order) {
    return shop.deadLetters("?pageSize=100").stream()
        .filter(letter -> letter.path("orderId").asString("").equals(order.orderId()))
        .toList();
  }

  @Test
  void customers_are_told_what_they_have_not_been_told() {
    // That the other one was placed, the earlier version has told.
    awaitMails(earlier("unrequested"), "received", "confirmed");
    awaitMails(earlier("in-payment"), "confirmed");
  }

  /**
   * @param subjects what the mails about the order say, one each
   */
  private void awaitMails(Order order, String... subjects) {
    await("mails about " + order.version())
        .atMost(SOON)
        .untilAsserted(() -> {
          var mails =
              platform.mails().stream().filter(mail -> mail.contains(order.orderId())).toList();
          assertThat(mails)
              .hasSize(subjects.length)
              .allSatisfy(mail -> assertThat(mail).contains("alice@example.com"));
          for (var subject : subjects) {
            assertThat(mails).anySatisfy(mail -> assertThat(mail).contains(subject));
          }
        });
  }

  /** As it stands. */
  private Order earlier(String name) {
    var key = "alice_20261123000000_" + name;
    return ShopClient.answered(() -> shop.as(ALICE).get("/orders?pageSize=100"))
        .body()
        .path("orders")
        .valueStream()
        .filter(order -> order.path("version").asString("").equals(key))
        .map(order -> shop.order(ALICE, order.path("orderId").asString()))
        .findFirst()
        .orElseThrow();
  }

  private static String product(String order) {
    return "PROD-" + order.toUpperCase(Locale.ROOT);
  }

  private void awaitSold(String product) {
    shop.awaitStock(new Stock(product, PIECES - ORDERED, 0, ORDERED));
  }

  private void awaitBack(String product) {
    shop.awaitStock(new Stock(product, PIECES, 0, 0));
  }
}
