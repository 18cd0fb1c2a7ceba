package dev.orderflow.queryside.catalog.jdbc;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Money;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.queryside.catalog.model.ListingChange;
import dev.orderflow.queryside.projection.Chain;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run changes in a row.
 *
 * @param listing events of the product; null when there are none
 * @param change what they change
 * @param stock events of its stock; null when there are none
 * @param levels those after the last of them
 */
record ProductChange(
    String productId,
    @Nullable Chain listing,
    @Nullable ListingChange change,
    @Nullable Chain stock,
    @Nullable StockLevels levels) {
  /** One for each row, in the one order in which rows are locked. */
  static Collection<ProductChange> of(List<Chain> chains) {
    var changes = new TreeMap<String, ProductChange>();
    for (var chain : chains) {
      var before =
          changes.getOrDefault(chain.key(), new ProductChange(chain.key(), null, null, null, null));
      changes.put(chain.key(), before.with(chain));
    }
    return changes.values();
  }

  private ProductChange with(Chain chain) {
    return chain.topic().equals(EventTopic.PRODUCTS)
        ? new ProductChange(
            productId,
            chain,
            ListingChange.of(chain.events(ProductUpdatedEvent.class)),
            stock,
            levels)
        : new ProductChange(
            productId,
            listing,
            change,
            chain,
            chain.events(InventoryUpdatedEvent.class).getLast().levels());
  }

  /** The price that it changes to; null when it does not. */
  @Nullable Money price() {
    return change == null ? null : change.price();
  }

  /** The same whichever topic was read first; as fine as PostgreSQL keeps it. */
  static String latest(Chain chain) {
    return chain.events(DomainEvent.class).stream()
        .map(event -> event.timestamp().truncatedTo(ChronoUnit.MICROS))
        .max(Comparator.naturalOrder())
        .orElseThrow()
        .toString();
  }
}
