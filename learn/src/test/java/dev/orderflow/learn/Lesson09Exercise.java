package dev.orderflow.learn;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderEvent;
import java.util.List;
import java.util.Map;

/**
 * Imagine a rebuild: it gets all events from the first on. Only {@code OrderPlacedEvent} has the
 * products.
 */
class Lesson09Exercise extends Lesson09 {
  @Override
  Map<ProductId, Long> ordersByProduct(List<OrderEvent> events) {
    throw new UnsupportedOperationException("Your turn.");
  }
}
