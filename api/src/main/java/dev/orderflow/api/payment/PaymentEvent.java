package dev.orderflow.api.payment;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;

/** What happened to a payment. */
public sealed interface PaymentEvent extends DomainEvent
    permits PaymentRequestedEvent,
        PaymentCompletedEvent,
        RefundRequestedEvent,
        PaymentRefundedEvent {
  /** The payment. */
  PaymentId paymentId();

  /** The order it pays. */
  OrderId orderId();
}
