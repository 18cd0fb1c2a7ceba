package dev.orderflow.queryside.catalog.jdbc;

import com.google.common.collect.Maps;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.cache.ChangedRows;
import dev.orderflow.queryside.catalog.model.Product;
import dev.orderflow.queryside.catalog.model.ProductState;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.projection.Chain;
import dev.orderflow.queryside.projection.EarlyEvents;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Keeps {@code product_view}: one row per product, with its stock. */
@Component
public class ProductProjection implements Projection<ProductState> {
  private static final String NAME = "product-view";

  private final ProductViewTable table;
  private final ChangedRows<Product> caches;
  private final ChangeNotice notice;
  private final EarlyEvents early;

  ProductProjection(
      ProductViewTable table,
      ChangedRows<Product> caches,
      ChangeNotice notice,
      MeterRegistry meters) {
    this.table = table;
    this.caches = caches;
    this.notice = notice;
    this.early = new EarlyEvents(NAME, meters);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<EventTopic> topics() {
    return List.of(EventTopic.PRODUCTS, EventTopic.INVENTORY);
  }

  @Override
  public List<Table> tables() {
    return List.of(new Table(ProductViewTable.NAME, "version"));
  }

  @Override
  public void changed(SortedMap<String, ProductState> rows) {
    caches.changed(Maps.transformValues(rows, ProductViewTable::versioned));
    notice.changed(rows.keySet());
  }

  @Override
  public SortedMap<String, ProductState> take(Tables tables, List<SequencedEvent> events) {
    var generation = tables.named(ProductViewTable.NAME);
    var changed = new TreeMap<String, ProductState>();
    for (var chains : Chain.runs(events)) {
      var written = table.take(generation, chains);
      changed.putAll(written);
      lookAt(generation, chains, written);
    }
    return changed;
  }

  private void lookAt(String generation, List<Chain> chains, Map<String, ProductState> written) {
    var rows = new HashMap<>(written);
    var unwritten = chains.stream().map(Chain::key).filter(key -> !rows.containsKey(key)).toList();
    if (!unwritten.isEmpty()) {
      rows.putAll(table.rows(generation, unwritten));
    }
    for (var chain : chains) {
      var row = rows.get(chain.key());
      early.look(chain, row == null ? Chain.NOTHING : lastOf(chain, row));
    }
  }

  private static long lastOf(Chain chain, ProductState row) {
    return chain.topic().equals(EventTopic.PRODUCTS) ? row.productSequence() : row.stockSequence();
  }
}
