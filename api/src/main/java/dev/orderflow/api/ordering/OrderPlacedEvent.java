package dev.orderflow.api.ordering;

import dev.orderflow.api.EventRevision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order was placed and its stock is held.
 *
 * @param items as sold; 1 or more
 * @param totalAmount the sum of price times quantity, in major units of the currency
 * @param version the client's idempotency key
 * @param paymentMethod null when the customer named none
 * @param fingerprint of the request that placed it
 */
@EventRevision(1)
public record OrderPlacedEvent(
    OrderId orderId,
    UserId userId,
    List<OrderItem> items,
    BigDecimal totalAmount,
    Currency currency,
    IdempotencyKey version,
    @Nullable PaymentMethod paymentMethod,
    RequestFingerprint fingerprint,
    Instant timestamp)
    implements OrderEvent {
  /** Keeps its own copy of the items. */
  public OrderPlacedEvent {
    items = List.copyOf(items);
  }
}
