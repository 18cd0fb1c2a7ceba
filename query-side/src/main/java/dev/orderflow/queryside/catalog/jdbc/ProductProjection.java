package dev.orderflow.queryside.catalog.jdbc;

import com.google.common.collect.Maps;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.queryside.cache.ChangedRows;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductHistory;
import dev.orderflow.queryside.catalog.model.ProductState;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.projection.EarlyEvents;
import dev.orderflow.queryside.projection.Fold;
import dev.orderflow.queryside.rebuild.RebuildableProjection;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/** Keeps {@code product_view}: one row per product, with its stock. */
@Component
public class ProductProjection implements RebuildableProjection {
  private static final String NAME = "product-view";

  private final ProductViewTable table;
  private final ChangedRows<Product> caches;
  private final ChangeNotice notice;
  private final Fold<ProductState> fold;

  ProductProjection(
      ProductViewTable table,
      ChangedRows<Product> caches,
      ChangeNotice notice,
      MeterRegistry meters,
      Clock clock) {
    this.table = table;
    this.caches = caches;
    this.notice = notice;
    this.fold = new Fold<>(new ProductHistory(), new EarlyEvents(NAME, meters, clock));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<EventTopic> topics() {
    return Set.of(EventTopic.PRODUCTS, EventTopic.INVENTORY);
  }

  @Override
  public String table() {
    return ProductViewTable.NAME;
  }

  @Override
  public String keyColumn() {
    return "product_id";
  }

  @Override
  public String versionColumn() {
    return "version";
  }

  @Override
  public List<String> sequenceColumns() {
    return List.of("product_sequence", "stock_sequence");
  }

  @Override
  public void apply(List<SequencedEvent> events) {
    tell(Maps.transformValues(take(ProductViewTable.NAME, events), ProductViewTable::versioned));
  }

  @Override
  public void build(String generation, List<SequencedEvent> events) {
    var _ = take(generation, events);
  }

  @Override
  public void announce(SortedMap<String, Long> versions) {
    tell(Maps.transformValues(versions, Versioned::nothing));
  }

  private void tell(SortedMap<String, Versioned<Product>> changed) {
    caches.changed(changed);
    notice.changed(changed.keySet());
  }

  private SortedMap<String, ProductState> take(String generation, List<SequencedEvent> events) {
    var rows = table.hold(generation, fold.keys(events));
    var changed = fold.changes(rows, events);
    table.save(generation, changed.values());
    return changed;
  }
}
