package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of an order follows from its events. */
abstract class Lesson02 {
  /** The status after all of the events, the oldest first. */
  abstract OrderStatus statusAfter(List<OrderEvent> events);

  @Test
  void an_order_that_was_placed_is_pending() {
    assertThat(statusAfter(List.of(Orders.placed("ORD-1", "LAMP", 1))))
        .isEqualTo(OrderStatus.PENDING);
  }

  @Test
  void its_last_event_decides() {
    var placed = Orders.placed("ORD-1", "LAMP", 1);
    var confirmed = new OrderConfirmedEvent(placed.orderId(), Orders.NOON);
    var cancelled =
        new OrderCancelledEvent(placed.orderId(), CancelReason.PAYMENT_FAILED, Orders.NOON);

    assertThat(statusAfter(List.of(placed, confirmed))).isEqualTo(OrderStatus.CONFIRMED);
    assertThat(statusAfter(List.of(placed, cancelled))).isEqualTo(OrderStatus.CANCELLED);
  }
}
