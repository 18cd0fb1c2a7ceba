package dev.orderflow.queryside.ordering.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as its customer sees it.
 *
 * @param items as sold, in the order of the request; their prices have the scale of the currency
 * @param total the sum of price times quantity
 * @param version the client's idempotency key; no version of the state
 * @param paymentMethod null when the customer named none
 * @param cancelReason null unless it is cancelled
 * @param createdAt in microseconds, which is how fine the database keeps it
 * @param updatedAt when it last changed, in microseconds
 * @param revision the number of events this includes: the greater one of two is the newer
 */
public record Order(
    OrderId orderId,
    UserId userId,
    List<OrderItem> items,
    Money total,
    IdempotencyKey version,
    @Nullable PaymentMethod paymentMethod,
    OrderStatus status,
    @Nullable CancelReason cancelReason,
    Instant createdAt,
    Instant updatedAt,
    long revision) {
  /** Brings prices and times into their one form, wherever they come from. */
  public Order {
    var currency = total.currency();
    items =
        items.stream()
            .map(item ->
                new OrderItem(
                    item.productId(), item.quantity(), new Money(item.price(), currency).amount()))
            .toList();
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    updatedAt = updatedAt.truncatedTo(ChronoUnit.MICROS);
  }

  Order ended(OrderEnd end) {
    return new Order(
        orderId,
        userId,
        items,
        total,
        version,
        paymentMethod,
        end.status(),
        end.reason(),
        createdAt,
        end.when(),
        revision);
  }
}
