package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.commandside.eventstore.EventAppendListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What becomes of orders, as this instance has decided it, as {@code orderflow.orders}; and how
 * long placing one takes, as {@code orderflow.placement}.
 */
@Component
final class OrderMeters implements EventAppendListener {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Counter placed;
  private final Counter confirmed;
  private final Map<CancelReason, Counter> cancelled;
  private final Timer placement;

  OrderMeters(MeterRegistry meters) {
    placed = counter(meters, "placed", "");
    confirmed = counter(meters, "confirmed", "");
    cancelled =
        Arrays.stream(CancelReason.values())
            .collect(
                Collectors.toMap(
                    Function.identity(), reason -> counter(meters, "cancelled", reason.name())));
    placement =
        Timer.builder("orderflow.placement")
            .description("From the request for an order to its answer, of orders that were placed")
            .publishPercentileHistogram()
            .minimumExpectedValue(SHORTEST)
            .maximumExpectedValue(LONGEST)
            .register(meters);
  }

  private static Counter counter(MeterRegistry meters, String outcome, String reason) {
    return Counter.builder("orderflow.orders")
        .description("Orders that were placed, confirmed or cancelled")
        .tags("outcome", outcome, "reason", reason)
        .register(meters);
  }

  @Override
  public void appended(List<DomainEventMessage<?>> events) {
    var counters =
        events.stream()
            .map(event -> counterOf(event.getPayload()))
            .filter(Objects::nonNull)
            .toList();
    if (!counters.isEmpty()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              counters.forEach(Counter::increment);
            }
          });
    }
  }

  private @Nullable Counter counterOf(@Nullable Object event) {
    return switch (event) {
      case OrderPlacedEvent _ -> placed;
      case OrderConfirmedEvent _ -> confirmed;
      case OrderCancelledEvent ended -> cancelled.get(ended.reason());
      case null, default -> null;
    };
  }

  /** An order was placed, which began at this time of {@link System#nanoTime()}. */
  void placedSince(long begin) {
    placement.record(Duration.ofNanos(System.nanoTime() - begin));
  }
}
