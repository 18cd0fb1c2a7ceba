package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;

/** No order is placed at a price that was not the product's when the order was decided. */
final class PriceRules {
  private PriceRules() {}

  /**
   * @param stored in the order in which the store recorded them: prices change between orders
   */
  static void check(List<EventLog.Stored> stored) {
    var prices = new HashMap<String, BigDecimal>();
    for (var one : stored) {
      var stream = one.position().stream();
      var event = one.event();
      if (stream.startsWith("product-") && event.has("price")) {
        prices.put(event.path("productId").asString(), event.path("price").decimalValue());
      } else if (stream.startsWith("order-") && one.position().sequence() == 0) {
        for (var item : event.path("items")) {
          assertThat(item.path("price").decimalValue())
              .as("price of %s in %s", item.path("productId"), stream)
              .isEqualByComparingTo(prices.get(item.path("productId").asString()));
        }
      }
    }
  }
}
