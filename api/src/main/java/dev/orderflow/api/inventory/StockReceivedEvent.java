package dev.orderflow.api.inventory;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import java.time.Instant;

/**
 * Pieces came in.
 *
 * @param quantity how many pieces
 * @param available after the event
 * @param reserved after the event
 * @param sold after the event
 */
@EventRevision(1)
public record StockReceivedEvent(
    ProductId productId,
    Quantity quantity,
    long available,
    long reserved,
    long sold,
    Instant timestamp)
    implements InventoryUpdatedEvent {
  /** With the levels after the event. */
  public StockReceivedEvent(
      ProductId productId, Quantity quantity, StockLevels after, Instant timestamp) {
    this(productId, quantity, after.available(), after.reserved(), after.sold(), timestamp);
  }
}
