package dev.orderflow.saga.notification;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is to be told. Holds nothing personal.
 *
 * @param total of the order; only when it was placed
 * @param reason only when it was cancelled
 */
record Notice(OrderId orderId, Kind kind, @Nullable Money total, @Nullable CancelReason reason) {
  /** What has happened to the order; a customer is told of each once. */
  enum Kind {
    PLACED,
    CONFIRMED,
    CANCELLED
  }

  static Notice of(OrderEvent event) {
    return switch (event) {
      case OrderPlacedEvent placed ->
          new Notice(
              placed.orderId(),
              Kind.PLACED,
              new Money(placed.totalAmount(), placed.currency()),
              null);
      case OrderConfirmedEvent confirmed ->
          new Notice(confirmed.orderId(), Kind.CONFIRMED, null, null);
      case OrderCancelledEvent cancelled ->
          new Notice(cancelled.orderId(), Kind.CANCELLED, null, cancelled.reason());
    };
  }

  /** Names it among all notices. */
  String id() {
    return orderId + "/" + kind;
  }
}
