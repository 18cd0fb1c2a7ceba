package dev.orderflow.api.inventory;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What can be asked of a product's stock. */
public sealed interface InventoryCommand {
  /** The product whose stock it is. */
  ProductId productId();

  /**
   * Pieces came in; the same key and quantity again change nothing.
   *
   * @param key null counts every command anew
   */
  record ReceiveStock(ProductId productId, Quantity quantity, @Nullable ReceiptKey key)
      implements InventoryCommand {
    /** Without a key. */
    public ReceiveStock(ProductId productId, Quantity quantity) {
      this(productId, quantity, null);
    }
  }

  /**
   * Holds pieces under a reservation; the same reservation and quantity again changes nothing.
   *
   * @param timeToLive after which a reservation without an order expires, counted from the
   *     decision; null for an order's, which never expires
   */
  record ReserveStock(
      ProductId productId,
      ReservationId reservationId,
      Quantity quantity,
      @Nullable Duration timeToLive)
      implements InventoryCommand {
    /**
     * @throws IllegalArgumentException when an order's reservation should expire, or another one
     *     should not or has no UUIDv7: a bug of the caller
     */
    public ReserveStock {
      var lasts = timeToLive == null;
      if (lasts != reservationId.isOrders() || (!lasts && reservationId.madeAt().isEmpty())) {
        throw new IllegalArgumentException(
            "%s held for %s: an order's id for ever, a UUIDv7 for a while"
                .formatted(reservationId, timeToLive));
      }
    }

    /** For an order. */
    public ReserveStock(ProductId productId, ReservationId reservationId, Quantity quantity) {
      this(productId, reservationId, quantity, null);
    }
  }

  /** Sells what a reservation holds; done already when it was sold before. */
  record CommitStock(ProductId productId, ReservationId reservationId)
      implements InventoryCommand {}

  /** Gives back what a reservation holds; done already when it was given back before. */
  record ReleaseStock(ProductId productId, ReservationId reservationId)
      implements InventoryCommand {}

  /** Ends the reservations whose time is over; done already when there are none. */
  record ExpireReservations(ProductId productId) implements InventoryCommand {}
}
