package dev.orderflow.queryside.ordering.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import java.util.List;

/** What happened to an order. */
public final class OrderHistory {
  private OrderHistory() {}

  /**
   * The order that a whole history makes.
   *
   * @throws IllegalArgumentException when it does not begin with the placing of an order
   */
  public static Order of(List<OrderEvent> history) {
    if (!(history.getFirst() instanceof OrderPlacedEvent placed)) {
      throw new IllegalArgumentException("no order begins with " + history.getFirst().getClass());
    }
    var order =
        new Order(
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
            history.size());
    return history.size() == 1 ? order : order.ended(end(history.getLast()));
  }

  /**
   * What the last event says, all that came before it included.
   *
   * @throws IllegalArgumentException when it does not end an order
   */
  public static OrderEnd end(OrderEvent last) {
    return switch (last) {
      case OrderConfirmedEvent confirmed ->
          new OrderEnd(OrderStatus.CONFIRMED, null, confirmed.timestamp());
      case OrderCancelledEvent cancelled ->
          new OrderEnd(OrderStatus.CANCELLED, cancelled.reason(), cancelled.timestamp());
      case OrderPlacedEvent placed ->
          throw new IllegalArgumentException(placed.orderId() + " was placed already");
    };
  }
}
