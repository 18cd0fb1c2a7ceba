package dev.orderflow.commandside.ordering.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an order stands.
 *
 * @param cancelReason null unless it is cancelled
 * @param paymentMethod null when the customer named none
 * @param revision counts the changes since it was placed, from 1
 */
public record OrderState(
    OrderId orderId,
    UserId userId,
    OrderStatus status,
    List<OrderItem> items,
    Money total,
    IdempotencyKey version,
    @Nullable PaymentMethod paymentMethod,
    RequestFingerprint fingerprint,
    @Nullable CancelReason cancelReason,
    long revision,
    Instant createdAt,
    Instant updatedAt) {
  /** Prices have the scale of their currency, however the event was written. */
  static OrderState of(OrderPlacedEvent event) {
    var currency = event.currency();
    return new OrderState(
        event.orderId(),
        event.userId(),
        OrderStatus.PENDING,
        event.items().stream()
            .map(item ->
                new OrderItem(
                    item.productId(), item.quantity(), new Money(item.price(), currency).amount()))
            .toList(),
        new Money(event.totalAmount(), currency),
        event.version(),
        event.paymentMethod(),
        event.fingerprint(),
        null,
        1,
        event.timestamp(),
        event.timestamp());
  }

  OrderState with(OrderStatus newStatus, @Nullable CancelReason reason, Instant at) {
    return new OrderState(
        orderId,
        userId,
        newStatus,
        items,
        total,
        version,
        paymentMethod,
        fingerprint,
        reason,
        revision + 1,
        createdAt,
        at);
  }
}
