package dev.orderflow.api.ordering;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
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
    @Meaning(value = "The lines.", min = 1, max = PlaceOrder.MAX_LINES) List<OrderItem> items,
    @Meaning("The sum of the lines" + Money.IN_MAJOR_UNITS) BigDecimal totalAmount,
    @MeaningOf(Money.class) Currency currency,
    IdempotencyKey version,
    @Nullable PaymentMethod paymentMethod,
    RequestFingerprint fingerprint,
    @Meaning(OrderPlacedEvent.TIME) Instant timestamp)
    implements OrderEvent {
  /** What its time means. */
  public static final String TIME = "When the order was placed.";

  /** Keeps its own copy of the items. */
  public OrderPlacedEvent {
    items = List.copyOf(items);
  }
}
