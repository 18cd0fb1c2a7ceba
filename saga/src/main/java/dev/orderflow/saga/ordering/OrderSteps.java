package dev.orderflow.saga.ordering;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Measures the steps of orders that the saga leads, as {@code orderflow.order.step}: each from the
 * time of the event that asks for it.
 */
final class OrderSteps {
  private final Timer paymentRequested;
  private final Timer ended;
  private final Clock clock;

  OrderSteps(MeterRegistry meters, Clock clock) {
    paymentRequested =
        timer("payment-requested", "From a placed order to the request for its payment", meters);
    ended = timer("ended", "From the outcome of a payment to the end of its order", meters);
    this.clock = clock;
  }

  private static Timer timer(String step, String description, MeterRegistry meters) {
    return Timer.builder("orderflow.order.step")
        .description(description)
        .tag("step", step)
        .publishPercentileHistogram()
        .register(meters);
  }

  /**
   * What events ask for is done.
   *
   * @param changed whose saga has heard something new; to all others an event means nothing,
   *     however often it comes
   */
  void taken(List<DomainEvent> events, Set<OrderId> changed) {
    var now = clock.instant();
    for (var event : events) {
      switch (event) {
        case OrderPlacedEvent placed when changed.contains(placed.orderId()) ->
            paymentRequested.record(Duration.between(placed.timestamp(), now));
        case PaymentCompletedEvent paid when changed.contains(paid.orderId()) ->
            ended.record(Duration.between(paid.timestamp(), now));
        default -> {}
      }
    }
  }
}
