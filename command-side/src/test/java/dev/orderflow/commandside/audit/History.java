package dev.orderflow.commandside.audit;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductActivatedEvent;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductDeactivatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.catalog.ProductPriceChangedEvent;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReleasedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;

/** What may happen to a kettle that costs 5 and to an order of two of it. */
final class History {
  static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  static final Currency EUR = Currency.getInstance("EUR");
  static final ProductId KETTLE = new ProductId("KETTLE");
  static final UserId ANN = new UserId("ann");
  static final IdempotencyKey KEY = new IdempotencyKey("ann_20261122100000_abc");
  static final OrderId ORDER = OrderId.of(ANN, KEY);
  static final PaymentId PAYMENT = PaymentId.of(ORDER);
  static final ReservationId RESERVATION = ReservationId.of(ORDER);
  private static final BigDecimal FIVE = new BigDecimal("5.0");
  private static final BigDecimal TEN = new BigDecimal("10.0");

  private History() {}

  static DomainEvent created() {
    return new ProductCreatedEvent(KETTLE, "Kettle", "Boils", FIVE, EUR, 1, true, AT);
  }

  static DomainEvent priced(int price) {
    return new ProductPriceChangedEvent(KETTLE, new BigDecimal(price), EUR, 2, AT);
  }

  static DomainEvent activated() {
    return new ProductActivatedEvent(KETTLE, AT);
  }

  static DomainEvent deactivated() {
    return new ProductDeactivatedEvent(KETTLE, AT);
  }

  static DomainEvent received(int pieces, long available) {
    return new StockReceivedEvent(
        KETTLE, new Quantity(pieces), new StockLevels(available, 0, 0), AT);
  }

  static DomainEvent reserved(int pieces, StockLevels after) {
    return new StockReservedEvent(KETTLE, RESERVATION, new Quantity(pieces), after, null, AT);
  }

  static DomainEvent reserved(int pieces) {
    return reserved(pieces, new StockLevels(10 - pieces, pieces, 0));
  }

  static DomainEvent committed(int pieces) {
    return new StockCommittedEvent(
        KETTLE, RESERVATION, new Quantity(pieces), new StockLevels(10 - pieces, 0, pieces), AT);
  }

  static DomainEvent released(int pieces) {
    return new StockReleasedEvent(
        KETTLE, RESERVATION, new Quantity(pieces), new StockLevels(10, 0, 0), AT);
  }

  static DomainEvent placed() {
    return placed(ORDER, TEN);
  }

  static DomainEvent placed(OrderId orderId, BigDecimal total) {
    return new OrderPlacedEvent(
        orderId,
        ANN,
        List.of(new OrderItem(KETTLE, new Quantity(2), FIVE)),
        total,
        EUR,
        KEY,
        null,
        new RequestFingerprint("abc"),
        AT);
  }

  static DomainEvent confirmed() {
    return new OrderConfirmedEvent(ORDER, AT);
  }

  static DomainEvent cancelled() {
    return new OrderCancelledEvent(ORDER, CancelReason.PAYMENT_FAILED, AT);
  }

  static DomainEvent requested() {
    return requested(TEN);
  }

  static DomainEvent requested(BigDecimal amount) {
    return new PaymentRequestedEvent(PAYMENT, ORDER, amount, EUR, null, AT);
  }

  static DomainEvent paid() {
    return new PaymentCompletedEvent(ORDER, PAYMENT, PaymentOutcome.SUCCESS, null, TEN, EUR, AT);
  }

  static DomainEvent declined() {
    return new PaymentCompletedEvent(
        ORDER, PAYMENT, PaymentOutcome.FAILED, "declined", TEN, EUR, AT);
  }

  static DomainEvent refundRequested() {
    return new RefundRequestedEvent(PAYMENT, ORDER, TEN, EUR, AT);
  }

  static DomainEvent refunded() {
    return new PaymentRefundedEvent(PAYMENT, ORDER, TEN, EUR, AT);
  }
}
