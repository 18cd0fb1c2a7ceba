package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.queryside.projection.Chain;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a product, from the events of two aggregates: the product and its stock.
 *
 * @param listing null while only events of the stock are known
 * @param productSequence of the last event of the product; {@link Chain#NOTHING} before the first
 * @param stockSequence of the last event of its stock; {@link Chain#NOTHING} before the first
 * @param updatedAt the latest time of any of the events, in microseconds
 */
public record ProductState(
    ProductId productId,
    @Nullable Listing listing,
    long productSequence,
    StockLevels stock,
    long stockSequence,
    Instant updatedAt) {
  /** The number of events taken in: it only grows, and is the same after every replay. */
  public long version() {
    return productRevision() + stockRevision();
  }

  /** The number of events of the product taken in. */
  public long productRevision() {
    return productSequence - Chain.NOTHING;
  }

  /** The number of events of its stock taken in. */
  public long stockRevision() {
    return stockSequence - Chain.NOTHING;
  }

  /** What is shown: nothing while the catalog does not know the product. */
  public Optional<Product> shown() {
    return Optional.ofNullable(listing)
        .map(known -> new Product(productId, known, stock.available(), version()));
  }
}
