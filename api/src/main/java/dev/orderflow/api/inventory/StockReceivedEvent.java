package dev.orderflow.api.inventory;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pieces came in.
 *
 * @param quantity how many pieces
 * @param available after the event
 * @param reserved after the event
 * @param sold after the event
 * @param receiptKey the caller's name for the receipt; null, and left out of the JSON, when it had
 *     none
 */
@EventRevision(1)
public record StockReceivedEvent(
    ProductId productId,
    Quantity quantity,
    long available,
    long reserved,
    long sold,
    @Nullable ReceiptKey receiptKey,
    Instant timestamp)
    implements InventoryUpdatedEvent {
  /** With the levels after the event. */
  public StockReceivedEvent(
      ProductId productId,
      Quantity quantity,
      StockLevels after,
      @Nullable ReceiptKey receiptKey,
      Instant timestamp) {
    this(
        productId,
        quantity,
        after.available(),
        after.reserved(),
        after.sold(),
        receiptKey,
        timestamp);
  }

  /** Without a key. */
  public StockReceivedEvent(
      ProductId productId, Quantity quantity, StockLevels after, Instant timestamp) {
    this(productId, quantity, after, null, timestamp);
  }
}
