package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The provider keeps money exactly for the confirmed orders, and every payment has an outcome but
 * those that it never answers.
 */
final class MoneyRules {
  private MoneyRules() {}

  /**
   * @param provider the payments whose money the provider has
   */
  static void check(List<EventRecord> events, List<Order> orders, Set<String> provider) {
    var open = new HashSet<String>();
    for (var event : events) {
      if (event.type().equals("PaymentRequestedEvent")
          && !event.event().path("paymentMethod").asString("").equals(OrderRequest.NO_ANSWER)) {
        open.add(event.key());
      }
    }
    events.stream()
        .filter(event -> event.type().equals("PaymentCompletedEvent"))
        .forEach(event -> open.remove(event.key()));
    var confirmed =
        orders.stream()
            .filter(order -> order.status().equals("CONFIRMED"))
            .map(Order::orderId)
            .collect(Collectors.toSet());
    assertThat(open).as("payments without an outcome").isEmpty();
    assertThat(provider)
        .as("payments whose money the provider has")
        .isEqualTo(
            confirmed.stream()
                .map(order -> order.replace("ORD-", "PAY-"))
                .collect(Collectors.toSet()));
  }
}
