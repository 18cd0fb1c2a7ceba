package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.shop.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every order is placed once and ends once; what the query side shows is what has happened. */
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
    var keys = new HashSet<String>();
    var orders = new ArrayList<Order>();
    histories.forEach((orderId, history) -> {
      assertThat(history).as("history of %s", orderId).hasSize(2);
      var placed = history.get(0);
      var end = history.get(1);
      assertThat(placed.type()).isEqualTo("OrderPlacedEvent");
      assertThat(end.type()).isIn("OrderConfirmedEvent", "OrderCancelledEvent");
      var key = placed.event().path("version").asString();
      assertThat(keys.add(key)).as("the only order of %s", key).isTrue();
      var order = querySide.apply(orderId);
      assertThat(order.version()).isEqualTo(key);
      assertThat(order.status())
          .as("status of %s", orderId)
          .isEqualTo(end.type().equals("OrderConfirmedEvent") ? "CONFIRMED" : "CANCELLED");
      orders.add(order);
    });
    return orders;
  }
}
