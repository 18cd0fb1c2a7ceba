package dev.orderflow.learn;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A solution. */
class Lesson09Test extends Lesson09 {
  @Override
  Map<ProductId, Long> ordersByProduct(List<OrderEvent> events) {
    return events.stream()
        .filter(OrderPlacedEvent.class::isInstance)
        .map(OrderPlacedEvent.class::cast)
        .flatMap(placed -> placed.items().stream().map(OrderItem::productId).distinct())
        .collect(Collectors.groupingBy(product -> product, Collectors.counting()));
  }
}
