package dev.orderflow.queryside.catalog.jdbc;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.queryside.cache.ChangedKeys;
import dev.orderflow.queryside.catalog.jdbc.ProductViewTable.Known;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.projection.Chain;
import dev.orderflow.queryside.projection.EarlyEvents;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Keeps {@code product_view}: one row per product, with its stock. */
@Component
public class ProductProjection implements Projection {
  private static final String NAME = "product-view";

  private final ProductViewTable table;
  private final ChangedKeys caches;
  private final ChangeNotice notice;
  private final EarlyEvents early;

  ProductProjection(
      ProductViewTable table,
      ChangedKeys caches,
      ChangeNotice notice,
      MeterRegistry meters,
      Clock clock) {
    this.table = table;
    this.caches = caches;
    this.notice = notice;
    this.early = new EarlyEvents(NAME, meters, clock);
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
  public void changed(SortedMap<String, Long> versions) {
    caches.changed(versions);
    notice.changed(versions.keySet());
  }

  @Override
  public void replacedBy(Tables built) {
    changed(table.corrected(built.named(ProductViewTable.NAME)));
  }

  @Override
  public SortedMap<String, Long> take(Tables tables, List<SequencedEvent> events) {
    var generation = tables.named(ProductViewTable.NAME);
    var versions = new TreeMap<String, Long>();
    for (var chains : Chain.runs(events)) {
      var known = table.take(generation, chains);
      known.forEach((productId, row) -> versions.put(productId, row.version()));
      lookAt(generation, chains, known);
    }
    return versions;
  }

  private void lookAt(String generation, List<Chain> chains, Map<String, Known> known) {
    var unwritten = chains.stream().map(Chain::key).filter(key -> !known.containsKey(key)).toList();
    if (!unwritten.isEmpty()) {
      known.putAll(table.known(generation, unwritten));
    }
    for (var chain : chains) {
      var row = known.get(chain.key());
      early.look(chain, row == null ? Chain.NOTHING : row.last(chain));
    }
  }
}
