package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.shop.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every order has ended, and the query side shows how. */
final class OrderRules {
  private OrderRules() {}

  /**
   * Answers all orders.
   *
   * @param querySide tells how an order is shown
   */
  static List<Order> check(List<EventRecord> events, Function<String, Order> querySide) {
    var histories =
        events.stream()
            .filter(event -> event.topic().equals("orders"))
            .collect(Collectors.groupingBy(EventRecord::key, TreeMap::new, Collectors.toList()));
    var orders = new ArrayList<Order>();
    histories.forEach((orderId, history) -> {
      var end = history.getLast();
      assertThat(end.type()).isIn("OrderConfirmedEvent", "OrderCancelledEvent");
      var order = querySide.apply(orderId);
      assertThat(order.version()).isEqualTo(history.getFirst().event().path("version").asString());
      assertThat(order.status())
          .as("status of %s", orderId)
          .isEqualTo(end.type().equals("OrderConfirmedEvent") ? "CONFIRMED" : "CANCELLED");
      orders.add(order);
    });
    return orders;
  }
}
