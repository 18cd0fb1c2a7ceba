package dev.orderflow.queryside.projection;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * Measures how long after it happened an event is taken in, as {@code orderflow.projection.lag}: of
 * each row that has changed by a batch the last event, and of these the oldest. What has changed
 * nothing was known already, however old it is. How many records are still to come is among Kafka's
 * own metrics.
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

  /**
   * @param changed the keys of the rows that have changed
   */
  void taken(List<SequencedEvent> events, Set<String> changed) {
    var last = new HashMap<String, Instant>();
    for (var event : events) {
      var key = EventTopic.keyOf(event.event());
      if (changed.contains(key)) {
        last.merge(
            key, event.event().timestamp(), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    if (!last.isEmpty()) {
      lag.record(Duration.between(Collections.min(last.values()), clock.instant()));
    }
  }
}
