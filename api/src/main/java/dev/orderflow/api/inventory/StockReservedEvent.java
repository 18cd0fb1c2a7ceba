package dev.orderflow.api.inventory;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Available pieces are held under a reservation.
 *
 * @param quantity how many pieces
 * @param available after the event
 * @param reserved after the event
 * @param sold after the event
 * @param expiresAt when the pieces become available again by themselves; null, and left out of the
 *     JSON, for an order's reservation, which never expires
 */
@EventRevision(1)
public record StockReservedEvent(
    ProductId productId,
    ReservationId reservationId,
    Quantity quantity,
    long available,
    long reserved,
    long sold,
    @Nullable Instant expiresAt,
    Instant timestamp)
    implements InventoryUpdatedEvent {
  /** With the levels after the event. */
  public StockReservedEvent(
      ProductId productId,
      ReservationId reservationId,
      Quantity quantity,
      StockLevels after,
      @Nullable Instant expiresAt,
      Instant timestamp) {
    this(
        productId,
        reservationId,
        quantity,
        after.available(),
        after.reserved(),
        after.sold(),
        expiresAt,
        timestamp);
  }
}
