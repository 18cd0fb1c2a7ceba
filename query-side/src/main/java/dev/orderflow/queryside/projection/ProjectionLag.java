package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.SequencedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Measures how long after it happened an event is taken in, as {@code orderflow.projection.lag}: of
 * each batch the oldest. How many records are still to come is among Kafka's own metrics.
 */
final class ProjectionLag {
  private final Timer lag;
  private final Clock clock;

  ProjectionLag(String projection, MeterRegistry meters, Clock clock) {
    this.lag =
        Timer.builder("orderflow.projection.lag")
            .description("From an event to its place in the projection")
            .tag("projection", projection)
            .publishPercentileHistogram()
            .register(meters);
    this.clock = clock;
  }

  void taken(List<SequencedEvent> events) {
    var now = clock.instant();
    events.stream()
        .map(event -> Duration.between(event.event().timestamp(), now))
        .reduce((one, other) -> one.compareTo(other) > 0 ? one : other)
        .ifPresent(lag::record);
  }
}
