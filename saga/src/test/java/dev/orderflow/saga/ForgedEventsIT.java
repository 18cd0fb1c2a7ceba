package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.saga.testing.SagaPlatform;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forged records about an order hold it up until its deadline at most; no operator has to help. */
class ForgedEventsIT {
  private static final Currency VND = Currency.getInstance("VND");

  /** Long beside a slow payment, on a busy machine too; some tests wait for it. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private static Path mails;
  private static SagaPlatform platform;
  private static OrderId toldBeforeItWasPlaced;
  private static List<OrderId> toldOfUnpaid;

  @BeforeAll
  static void start() throws Exception {
    platform =
        new SagaPlatform(
            1,
            mails,
            Map.of(
                "orderflow.saga.payment-deadline",
                DEADLINE,
                "orderflow.payment.simulated.slow",
                "1s"));
    forgeOrdersThatNobodyPays();
  }

  /** Begun at once, since they wait for their deadline: beside one another, and the other tests. */
  private static void forgeOrdersThatNobodyPays() {
    toldBeforeItWasPlaced = platform.newOrder();
    forge(toldBeforeItWasPlaced, completed(toldBeforeItWasPlaced, PaymentOutcome.SUCCESS));
    awaitLetter(toldBeforeItWasPlaced);
    platform
        .commandSide()
        .publish(toldBeforeItWasPlaced, placed(toldBeforeItWasPlaced, "pm_sim_noAnswer"));

    toldOfUnpaid = stories().stream().map(story -> forged("pm_sim_noAnswer", story)).toList();
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void an_order_whose_outcome_is_forged_before_it_is_heard_of_is_paid_and_confirmed() {
    for (var outcome : PaymentOutcome.values()) {
      var order = platform.newOrder();
      forge(order, completed(order, outcome));
      awaitLetter(order);

      platform.commandSide().publish(order, placed(order, "pm_card_visa"));

      awaitEnd(order, OrderStatus.ORDER_STATUS_CONFIRMED);
    }
  }

  @Test
  void an_order_whose_outcome_is_forged_before_it_is_heard_of_is_cancelled_at_its_deadline() {
    awaitEnd(toldBeforeItWasPlaced, OrderStatus.ORDER_STATUS_CANCELLED);
  }

  @Test
  void an_order_about_which_ends_are_forged_is_confirmed_when_it_is_paid_and_keeps_its_money() {
    var orders = stories().stream().map(story -> forged("pm_sim_slow", story)).toList();

    for (var order : orders) {
      awaitEnd(order, OrderStatus.ORDER_STATUS_CONFIRMED);
      assertThat(platform.charges(order)).isEqualTo("SUCCESS");
      assertThat(platform.refunds(order)).isZero();
    }
  }

  @Test
  void an_order_about_which_ends_are_forged_is_cancelled_at_its_deadline() {
    toldOfUnpaid.forEach(order -> awaitEnd(order, OrderStatus.ORDER_STATUS_CANCELLED));
  }

  @Test
  void an_order_whose_payment_is_forged_before_it_is_heard_of_is_paid_all_the_same() {
    var order = platform.newOrder();
    var payment = PaymentId.of(order);
    forge(
        order, new PaymentRequestedEvent(payment, order, BigDecimal.ONE, VND, null, Instant.now()));
    awaitLetter(order);

    platform.commandSide().publish(order, placed(order, "pm_card_visa"));

    awaitEnd(order, OrderStatus.ORDER_STATUS_CONFIRMED);
  }

  private interface Forged {
    DomainEvent of(OrderId order);
  }

  private static List<List<Forged>> stories() {
    Forged paid = order -> completed(order, PaymentOutcome.SUCCESS);
    Forged declined = order -> completed(order, PaymentOutcome.FAILED);
    Forged confirmed = order -> new OrderConfirmedEvent(order, Instant.now());
    Forged cancelled =
        order -> new OrderCancelledEvent(order, CancelReason.CUSTOMER_REQUEST, Instant.now());
    Forged refunded =
        order ->
            new PaymentRefundedEvent(
                PaymentId.of(order), order, BigDecimal.ONE, VND, Instant.now());
    return List.of(
        List.of(confirmed),
        List.of(refunded),
        List.of(declined, paid, confirmed, cancelled),
        List.of(paid, declined),
        List.of(declined, paid),
        List.of(paid, confirmed),
        List.of(confirmed, cancelled),
        List.of(cancelled, confirmed));
  }

  /** An order that is placed, and about which this is forged. */
  private static OrderId forged(String paymentMethod, List<Forged> events) {
    var order = platform.place(paymentMethod);
    events.forEach(event -> forge(order, event.of(order)));
    return order;
  }

  private static DomainEvent completed(OrderId order, PaymentOutcome outcome) {
    return new PaymentCompletedEvent(
        order,
        PaymentId.of(order),
        outcome,
        outcome == PaymentOutcome.FAILED ? "forged" : null,
        BigDecimal.ONE,
        VND,
        Instant.now());
  }

  private static DomainEvent placed(OrderId order, String paymentMethod) {
    return platform.placed(order, paymentMethod, Instant.now());
  }

  private static void forge(OrderId order, DomainEvent event) {
    platform.commandSide().publish(order, event);
  }

  private static void awaitLetter(OrderId order) {
    eventually()
        .until(() ->
            platform
                    .jdbc()
                    .sql("SELECT count(*) FROM dead_letter WHERE identity LIKE ?")
                    .param("%" + order.value().substring("ORD-".length()))
                    .query(Long.class)
                    .single()
                > 0);
  }

  private static void awaitEnd(OrderId order, OrderStatus end) {
    eventually()
        .untilAsserted(() -> assertThat(platform.commandSide().order(order)).isEqualTo(end));
  }

  private static ConditionFactory eventually() {
    return await().atMost(DEADLINE.multipliedBy(3)).pollInterval(Duration.ofMillis(50));
  }
}
