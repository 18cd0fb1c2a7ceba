package dev.orderflow.learn;

import dev.orderflow.api.ordering.OrderItem;
import java.math.BigDecimal;
import java.util.List;

/** A solution. */
class Lesson01Test extends Lesson01 {
  @Override
  BigDecimal total(List<OrderItem> items) {
    return items.stream()
        .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity().value())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
