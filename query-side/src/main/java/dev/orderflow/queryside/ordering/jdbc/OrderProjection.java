package dev.orderflow.queryside.ordering.jdbc;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.live.ChangeNotice;
import dev.orderflow.queryside.projection.Chain;
import dev.orderflow.queryside.projection.EarlyEvents;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Keeps {@code order_view}: one row per order. */
@Component
public class OrderProjection implements Projection<Long> {
  private static final String NAME = "order-view";

  private final OrderViewTable table;
  private final ChangeNotice notice;
  private final EarlyEvents early;

  OrderProjection(OrderViewTable table, ChangeNotice notice, MeterRegistry meters) {
    this.table = table;
    this.notice = notice;
    this.early = new EarlyEvents(NAME, meters);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<EventTopic> topics() {
    return List.of(EventTopic.ORDERS);
  }

  @Override
  public List<Table> tables() {
    return List.of(new Table(OrderViewTable.NAME, "revision"));
  }

  @Override
  public void changed(SortedMap<String, Long> revisions) {
    notice.changed(revisions.keySet());
  }

  @Override
  public SortedMap<String, Long> take(Tables tables, List<SequencedEvent> events) {
    var generation = tables.named(OrderViewTable.NAME);
    var revisions = new TreeMap<String, Long>();
    for (var chains : Chain.runs(events)) {
      var known = table.take(generation, chains);
      known.forEach((orderId, last) -> revisions.put(orderId, last - Chain.NOTHING));
      lookAt(generation, chains.stream().filter(one -> !known.containsKey(one.key())).toList());
    }
    return revisions;
  }

  private void lookAt(String generation, List<Chain> untaken) {
    if (!untaken.isEmpty()) {
      var known = table.sequences(generation, untaken.stream().map(Chain::key).toList());
      untaken.forEach(chain -> early.look(chain, known.getOrDefault(chain.key(), Chain.NOTHING)));
    }
  }
}
