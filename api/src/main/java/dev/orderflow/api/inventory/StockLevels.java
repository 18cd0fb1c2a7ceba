package dev.orderflow.api.inventory;

import dev.orderflow.api.Meaning;
import dev.orderflow.api.Quantity;

/**
 * Where the pieces of a product are. What was ever received is available, reserved or sold; none is
 * ever negative.
 *
 * @param available free to be reserved
 * @param reserved held for orders that are not final, and by reservations without an order
 * @param sold gone: committed reservations
 */
public record StockLevels(
    @Meaning("Pieces that can be ordered.") long available,
    @Meaning("Pieces held for orders that are not final, and without an order.") long reserved,
    @Meaning("Pieces of committed reservations.") long sold) {
  /** Nothing was ever received. */
  public static final StockLevels NONE = new StockLevels(0, 0, 0);

  /**
   * @throws IllegalArgumentException when a level is negative: a bug, never an answer
   */
  public StockLevels {
    if (available < 0 || reserved < 0 || sold < 0) {
      throw new IllegalArgumentException(
          "negative stock: available %d, reserved %d, sold %d"
              .formatted(available, reserved, sold));
    }
  }

  /** After pieces came in. */
  public StockLevels received(Quantity quantity) {
    return new StockLevels(available + quantity.value(), reserved, sold);
  }

  /** After available pieces were held. */
  public StockLevels held(Quantity quantity) {
    return new StockLevels(available - quantity.value(), reserved + quantity.value(), sold);
  }

  /** After held pieces were sold. */
  public StockLevels committed(Quantity quantity) {
    return new StockLevels(available, reserved - quantity.value(), sold + quantity.value());
  }

  /** After held pieces were given back. */
  public StockLevels released(Quantity quantity) {
    return new StockLevels(available + quantity.value(), reserved - quantity.value(), sold);
  }
}
