package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.Stock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Both sides show the stock that the events end with, and only confirmed orders have any of it. */
final class StockRules {
  private StockRules() {}

  /**
   * @param commandSide tells the levels of a product
   * @param querySide tells how many pieces of a product are shown as available
   */
  static void check(
      List<EventRecord> events,
      List<Order> orders,
      Function<String, Stock> commandSide,
      ToLongFunction<String> querySide) {
    var histories =
        events.stream()
            .filter(event -> event.topic().equals("inventory"))
            .collect(Collectors.groupingBy(EventRecord::key, TreeMap::new, Collectors.toList()));
    var bought = bought(orders);
    histories.forEach((productId, history) -> {
      var expected = levels(productId, history.getLast());
      assertThat(commandSide.apply(productId)).as("command side").isEqualTo(expected);
      assertThat(querySide.applyAsLong(productId))
          .as("query side, %s", productId)
          .isEqualTo(expected.available());
      assertThat(expected.reserved()).as("reserved of %s at the end", productId).isZero();
      assertThat(expected.sold())
          .as("sold of %s", productId)
          .isEqualTo(bought.getOrDefault(productId, 0L));
    });
  }

  private static Map<String, Long> bought(List<Order> orders) {
    var pieces = new HashMap<String, Long>();
    orders.stream()
        .filter(order -> order.status().equals("CONFIRMED"))
        .flatMap(order -> order.items().stream())
        .forEach(item -> pieces.merge(item.productId(), (long) item.quantity(), Long::sum));
    return pieces;
  }

  private static Stock levels(String productId, EventRecord record) {
    var event = record.event();
    return new Stock(
        productId,
        event.path("available").asLong(),
        event.path("reserved").asLong(),
        event.path("sold").asLong());
  }
}
