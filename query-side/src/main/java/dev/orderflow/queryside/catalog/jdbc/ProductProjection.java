package dev.orderflow.queryside.catalog.jdbc;

import com.google.common.collect.Maps;
import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.queryside.cache.ChangedKeys;
import dev.orderflow.queryside.catalog.model.ProductHistory;
import dev.orderflow.queryside.catalog.model.ProductState;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.projection.EarlyEvents;
import dev.orderflow.queryside.projection.Fold;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps {@code product_view}: one row per product, with its stock. */
@Component
public class ProductProjection implements Projection {
  private static final String NAME = "product-view";

  private final ProductViewTable table;
  private final ChangedKeys caches;
  private final ChangeNotice notice;
  private final Fold<ProductState> fold;

  ProductProjection(
      ProductViewTable table,
      ChangedKeys caches,
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
  public void apply(List<SequencedEvent> events) {
    var rows = table.hold(fold.keys(events));
    var changed = fold.changes(rows, events);
    table.save(changed.values());
    caches.changed(Maps.transformValues(changed, ProductState::version));
    notice.changed(changed.keySet());
  }
}
