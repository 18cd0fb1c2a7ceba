package dev.orderflow.api.inventory;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import java.time.Instant;

/**
 * The time of a reservation without an order was over: its pieces are available again, the
 * reservation is done.
 *
 * @param quantity how many pieces
 * @param available after the event
 * @param reserved after the event
 * @param sold after the event
 */
@EventRevision(1)
public record ReservationExpiredEvent(
    ProductId productId,
    ReservationId reservationId,
    Quantity quantity,
    long available,
    long reserved,
    long sold,
    Instant timestamp)
    implements InventoryUpdatedEvent {
  /** With the levels after the event. */
  public ReservationExpiredEvent(
      ProductId productId,
      ReservationId reservationId,
      Quantity quantity,
      StockLevels after,
      Instant timestamp) {
    this(
        productId,
        reservationId,
        quantity,
        after.available(),
        after.reserved(),
        after.sold(),
        timestamp);
  }
}
