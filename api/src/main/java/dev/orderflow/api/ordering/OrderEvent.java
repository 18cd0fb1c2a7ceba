package dev.orderflow.api.ordering;

import dev.orderflow.api.DomainEvent;

/** What happened to an order. */
public sealed interface OrderEvent extends DomainEvent
    permits OrderPlacedEvent, OrderConfirmedEvent, OrderCancelledEvent {
  /** The order. */
  OrderId orderId();
}
