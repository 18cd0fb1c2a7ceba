package dev.orderflow.queryside.ordering.model;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.queryside.projection.History;
import org.jspecify.annotations.Nullable;

/** What happened to an order. */
public final class OrderHistory implements History<Order> {
  @Override
  public long lastSequence(@Nullable Order order, DomainEvent event) {
    return order == null ? NOTHING : order.revision() + NOTHING;
  }

  @Override
  public Order after(@Nullable Order before, DomainEvent event, long sequence) {
    if (!(event instanceof OrderEvent change)) {
      throw new IllegalArgumentException("not about an order: " + event.getClass());
    }
    var revision = sequence - NOTHING;
    return switch (change) {
      case OrderPlacedEvent placed -> placed(placed, revision);
      case OrderConfirmedEvent confirmed ->
          known(before, confirmed)
              .ended(OrderStatus.CONFIRMED, null, confirmed.timestamp(), revision);
      case OrderCancelledEvent cancelled ->
          known(before, cancelled)
              .ended(OrderStatus.CANCELLED, cancelled.reason(), cancelled.timestamp(), revision);
    };
  }

  private static Order placed(OrderPlacedEvent placed, long revision) {
    return new Order(
        placed.orderId(),
        placed.userId(),
        placed.items(),
        new Money(placed.totalAmount(), placed.currency()),
        placed.version(),
        placed.paymentMethod(),
        OrderStatus.PENDING,
        null,
        placed.timestamp(),
        placed.timestamp(),
        revision);
  }

  private static Order known(@Nullable Order before, OrderEvent event) {
    if (before == null) {
      throw new IllegalStateException("the history of an order starts with " + event);
    }
    return before;
  }
}
