package dev.orderflow.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Money is kept exactly for the confirmed orders, in our books and in the provider's, and every
 * payment has an outcome but those that the provider never answers.
 */
final class MoneyRules {
  private MoneyRules() {}

  /**
   * @param provider the payments whose money the provider has
   */
  static void check(List<EventRecord> events, List<Order> orders, Set<String> provider) {
    var open = new HashSet<String>();
    var paid = new HashSet<String>();
    var refunded = new HashSet<String>();
    for (var event : events) {
      switch (event.type()) {
        case "PaymentRequestedEvent" -> {
          if (!event.event().path("paymentMethod").asString("").equals(OrderRequest.NO_ANSWER)) {
            open.add(event.key());
          }
        }
        case "PaymentRefundedEvent" -> refunded.add(event.key());
        case "PaymentCompletedEvent" -> {
          if (event.event().path("status").asString().equals("SUCCESS")) {
            paid.add(event.key());
          }
        }
        default -> {}
      }
    }
    events.stream()
        .filter(event -> event.type().equals("PaymentCompletedEvent"))
        .forEach(event -> open.remove(event.key()));
    assertThat(paid).as("payments that were made, of those given back").containsAll(refunded);
    paid.removeAll(refunded);
    var confirmed =
        orders.stream()
            .filter(order -> order.status().equals("CONFIRMED"))
            .map(Order::orderId)
            .collect(Collectors.toSet());
    assertThat(open).as("payments without an outcome").isEmpty();
    assertThat(paid).as("orders whose money we have").isEqualTo(confirmed);
    assertThat(provider)
        .as("payments whose money the provider has")
        .isEqualTo(
            confirmed.stream()
                .map(order -> order.replace("ORD-", "PAY-"))
                .collect(Collectors.toSet()));
  }
}
