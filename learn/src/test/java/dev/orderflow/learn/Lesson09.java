package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A projection is a function of the events. */
abstract class Lesson09 {
  /**
   * For each product, in how many orders it is. An order counts once, also when it is cancelled
   * later or has the product on several lines.
   */
  abstract Map<ProductId, Long> ordersByProduct(List<OrderEvent> events);

  private static final ProductId LAMP = new ProductId("LAMP");
  private static final ProductId VASE = new ProductId("VASE");

  @Test
  void each_order_counts_for_its_product() {
    var events =
        List.<OrderEvent>of(
            Orders.placed("ORD-1", "LAMP", 3),
            Orders.placed("ORD-2", "VASE", 1),
            Orders.placed("ORD-3", "LAMP", 1));

    assertThat(ordersByProduct(events)).isEqualTo(Map.of(LAMP, 2L, VASE, 1L));
  }

  @Test
  void what_becomes_of_an_order_does_not_matter() {
    var placed = Orders.placed("ORD-1", "LAMP", 1);
    var cancelled =
        new OrderCancelledEvent(placed.orderId(), CancelReason.CUSTOMER_REQUEST, Orders.NOON);

    assertThat(ordersByProduct(List.of(placed, cancelled))).isEqualTo(Map.of(LAMP, 1L));
  }
}
