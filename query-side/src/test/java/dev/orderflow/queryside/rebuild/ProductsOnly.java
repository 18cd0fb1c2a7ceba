package dev.orderflow.queryside.rebuild;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The product view, without events. */
final class ProductsOnly implements RebuildableProjection {
  final SortedMap<String, Long> announced = new TreeMap<>();

  @Override
  public String name() {
    return "product-view";
  }

  @Override
  public Set<EventTopic> topics() {
    return Set.of(EventTopic.PRODUCTS);
  }

  @Override
  public String table() {
    return "product_view";
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
    throw new AssertionError("no events here");
  }

  @Override
  public void build(String table, List<SequencedEvent> events) {
    throw new AssertionError("no events here");
  }

  @Override
  public void announce(SortedMap<String, Long> versions) {
    announced.putAll(versions);
  }
}
