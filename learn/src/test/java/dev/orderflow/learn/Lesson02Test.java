package dev.orderflow.learn;

import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import java.util.List;

/** A solution. */
class Lesson02Test extends Lesson02 {
  @Override
  OrderStatus statusAfter(List<OrderEvent> events) {
    return switch (events.getLast()) {
      case OrderPlacedEvent _ -> OrderStatus.PENDING;
      case OrderConfirmedEvent _ -> OrderStatus.CONFIRMED;
      case OrderCancelledEvent _ -> OrderStatus.CANCELLED;
    };
  }
}
