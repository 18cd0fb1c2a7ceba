package dev.orderflow.api.inventory;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;

/** What happened to a product's stock; every one carries the levels after it. */
public sealed interface InventoryUpdatedEvent extends DomainEvent
    permits StockReceivedEvent,
        StockReservedEvent,
        StockCommittedEvent,
        StockReleasedEvent,
        ReservationExpiredEvent {
  /** The product. */
  ProductId productId();

  /** How many pieces moved. */
  Quantity quantity();

  /** Available pieces after the event. */
  long available();

  /** Reserved pieces after the event. */
  long reserved();

  /** Sold pieces after the event. */
  long sold();

  /** The levels after the event. */
  default StockLevels levels() {
    return new StockLevels(available(), reserved(), sold());
  }
}
