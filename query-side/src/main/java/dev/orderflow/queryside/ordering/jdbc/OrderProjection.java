package dev.orderflow.queryside.ordering.jdbc;

import com.google.common.collect.Maps;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderHistory;
import dev.orderflow.queryside.projection.EarlyEvents;
import dev.orderflow.queryside.projection.Fold;
import dev.orderflow.queryside.rebuild.RebuildableProjection;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/** Keeps {@code order_view}: one row per order. */
@Component
public class OrderProjection implements RebuildableProjection {
  private static final String NAME = "order-view";

  private final OrderViewTable table;
  private final ChangeNotice notice;
  private final Fold<Order> fold;

  OrderProjection(OrderViewTable table, ChangeNotice notice, MeterRegistry meters, Clock clock) {
    this.table = table;
    this.notice = notice;
    this.fold = new Fold<>(new OrderHistory(), new EarlyEvents(NAME, meters, clock));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<EventTopic> topics() {
    return Set.of(EventTopic.ORDERS);
  }

  @Override
  public String table() {
    return OrderViewTable.NAME;
  }

  @Override
  public String keyColumn() {
    return "order_id";
  }

  @Override
  public String versionColumn() {
    return "revision";
  }

  @Override
  public List<String> sequenceColumns() {
    return List.of("order_sequence");
  }

  @Override
  public void apply(List<SequencedEvent> events) {
    announce(Maps.transformValues(take(OrderViewTable.NAME, events), Order::revision));
  }

  @Override
  public void build(String generation, List<SequencedEvent> events) {
    var _ = take(generation, events);
  }

  @Override
  public void announce(SortedMap<String, Long> versions) {
    notice.changed(versions.keySet());
  }

  private SortedMap<String, Order> take(String generation, List<SequencedEvent> events) {
    var rows = table.load(generation, fold.keys(events));
    var changed = fold.changes(rows, events);
    table.save(generation, changed.values());
    return changed;
  }
}
