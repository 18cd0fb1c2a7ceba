package dev.orderflow.api.inventory;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;

/** What can be asked of a product's stock. */
public sealed interface InventoryCommand {
  /** The product whose stock it is. */
  ProductId productId();

  /** Pieces came in. */
  record ReceiveStock(ProductId productId, Quantity quantity) implements InventoryCommand {}

  /** Holds pieces under a reservation; the same reservation again changes nothing. */
  record ReserveStock(ProductId productId, ReservationId reservationId, Quantity quantity)
      implements InventoryCommand {}

  /** Sells what a reservation holds; done already when it holds nothing any more. */
  record CommitStock(ProductId productId, ReservationId reservationId)
      implements InventoryCommand {}

  /** Gives back what a reservation holds; done already when it holds nothing any more. */
  record ReleaseStock(ProductId productId, ReservationId reservationId)
      implements InventoryCommand {}
}
