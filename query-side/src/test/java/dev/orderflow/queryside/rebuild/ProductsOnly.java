package dev.orderflow.queryside.rebuild;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import java.util.List;
import java.util.SortedMap;

/** The product view, without events. */
final class ProductsOnly implements Projection<Long> {
  @Override
  public String name() {
    return "product-view";
  }

  @Override
  public List<EventTopic> topics() {
    return List.of(EventTopic.PRODUCTS);
  }

  @Override
  public List<Table> tables() {
    return List.of(new Table("product_view", "version"));
  }

  @Override
  public SortedMap<String, Long> take(Tables tables, List<SequencedEvent> events) {
    throw new AssertionError("no events here");
  }
}
