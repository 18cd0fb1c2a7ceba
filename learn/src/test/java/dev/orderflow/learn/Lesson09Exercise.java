package dev.orderflow.learn;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderEvent;
import java.util.List;
import java.util.Map;

/** A rebuild calls it with all events from the first on. */
class Lesson09Exercise extends Lesson09 {
  @Override
  Map<ProductId, Long> ordersByProduct(List<OrderEvent> events) {
    throw new UnsupportedOperationException("Your turn.");
  }
}
