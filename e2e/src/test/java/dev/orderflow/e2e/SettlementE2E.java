package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.EventStoreReader;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.e2e.shop.Stock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails in whatever order: no order and no payment stays in between. Who only waits does
 * so beside the others.
 */
@RunsOn(Setup.IMPATIENT)
class SettlementE2E {
  private static final int PIECES = 1_000;
  private static final String REFUND_REQUESTED = "RefundRequestedEvent";

  /** Longer than orders wait for their payment, and than a slow provider takes. */
  private static final Duration OUTAGE = Duration.ofSeconds(20);

  private static final Duration SOON = Duration.ofSeconds(60);

  /** The events between the steps of the saga, on its ways to the end, but for that of a refund. */
  private static final List<String> STEPS =
      List.of(
          "OrderPlacedEvent",
          "PaymentRequestedEvent",
          "PaymentCompletedEvent",
          "OrderConfirmedEvent",
          "OrderCancelledEvent");

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private final EventStoreReader log;

  SettlementE2E(PlatformUnderTest platform) {
    this.platform = platform;
    shop = platform.shop();
    log = new EventStoreReader(platform.cluster().postgres());
  }

  /**
   * Two orders are on their way meanwhile whose provider is silent for longer than they wait. The
   * same without a kill is lesson 7.
   */
  @Test
  void a_saga_that_is_killed_between_any_two_steps_goes_on_and_gives_back_money_that_is_late() {
    var waitedFor = shop.newProduct(PIECES);
    var unanswered = place(waitedFor, OrderRequest.NO_ANSWER);
    var late = place(waitedFor, OrderRequest.SLOW);
    var product = shop.newProduct(PIECES);
    var orders = new ArrayList<Order>();
    for (var step : STEPS) {
      var seen = log.count(step);
      orders.addAll(placeOnEveryWay(product));
      killTheSagaAfter(step, () -> log.count(step) > seen);
    }
    var refunds = log.count(REFUND_REQUESTED);
    orders.addAll(placeOnEveryWay(product));
    killTheSagaAfter(
        REFUND_REQUESTED,
        () ->
            log.count(REFUND_REQUESTED) > refunds
                && shop.paymentEvents(late).contains(REFUND_REQUESTED));
    var charged = place(product, OrderRequest.LOST_ANSWER);
    orders.add(charged);
    killTheSagaAfter(
        "a charge that is not recorded",
        () -> log.keptCharges().contains(charged.orderId().replace("ORD-", "PAY-")));

    awaitSettled(product, confirmedOf(orders));
    isGivenUp(unanswered);
    isGivenUp(late);
    awaitSettled(waitedFor, 0);
    await("the money is given back once it has come")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(shop.paymentEvents(late))
                .containsExactly(
                    "PaymentRequestedEvent",
                    "PaymentCompletedEvent",
                    REFUND_REQUESTED,
                    "PaymentRefundedEvent"));
    assertThat(shop.paymentEvents(unanswered)).containsExactly("PaymentRequestedEvent");
  }

  private void isGivenUp(Order order) {
    var cancelled = shop.awaitFinal(order);
    assertThat(cancelled.status()).isEqualTo("CANCELLED");
    assertThat(cancelled.cancelReason()).isEqualTo("PAYMENT_TIMEOUT");
  }

  @Test
  void orders_outlive_the_command_side_s_absence_beyond_every_deadline() {
    var product = shop.newProduct(PIECES);
    var orders = placeOnEveryWay(product);
    var process = platform.cluster().pids().get("command-side-1");

    Processes.freeze(process);
    try {
      var end = System.nanoTime() + OUTAGE.toNanos();
      await("the outage is over")
          .atMost(OUTAGE.multipliedBy(2))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> {
            assertThat(shop.anybody().get("/products/" + product.productId()).status())
                .isEqualTo(200);
            return System.nanoTime() > end;
          });
    } finally {
      Processes.thaw(process);
    }

    awaitSettled(product, confirmedOf(orders));
    assertThat(shop.awaitFinal(place(product, OrderRequest.VISA)).status()).isEqualTo("CONFIRMED");
  }

  private void killTheSagaAfter(String step, Callable<Boolean> happened) {
    var process = platform.cluster().pids().get("saga-1");
    await(step)
        .atMost(SOON)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(happened);
    Processes.kill(process);
    await("the saga is started again")
        .atMost(SOON)
        .until(() -> !platform.cluster().pids().get("saga-1").equals(process));
    // What is placed while it is away may be too late for its payment before it is heard of.
    var saga = new ShopClient(platform.cluster().http().get("saga-1"));
    await("the saga is ready again")
        .atMost(SOON)
        .until(() -> saga.anybody().get("/actuator/health/readiness").status() == 200);
  }

  /** Orders of one piece that are paid, declined, paid too late, and cancelled while being paid. */
  private List<Order> placeOnEveryWay(Product product) {
    var toBeCancelled = place(product, OrderRequest.SLOW);
    var orders =
        List.of(
            place(product, OrderRequest.VISA),
            place(product, OrderRequest.DECLINED),
            place(product, OrderRequest.SLOW),
            toBeCancelled,
            place(product, OrderRequest.VISA));
    var answer =
        shop.as(ShopClient.ALICE).post("/orders/" + toBeCancelled.orderId() + "/cancel", "");
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    return orders;
  }

  private Order place(Product product, String paymentMethod) {
    return shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, paymentMethod));
  }

  /** Waits until every order is final. */
  private long confirmedOf(List<Order> orders) {
    return orders.stream()
        .map(shop::awaitFinal)
        .filter(order -> order.status().equals("CONFIRMED"))
        .count();
  }

  private void awaitSettled(Product product, long sold) {
    await("no stock is held")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(shop.stock(product.productId()))
                .isEqualTo(new Stock(product.productId(), PIECES - sold, 0, sold)));
  }
}
