package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.Projection;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Measures how long after it happened an event is taken in, as {@code orderflow.projection.lag}: of
 * each batch the oldest. How many records are still to come is among Kafka's own metrics.
 */
public final class MeasuredProjection implements Projection {
  private final Projection projection;
  private final Timer lag;
  private final Clock clock;

  /** Does what the projection does. */
  public MeasuredProjection(Projection projection, MeterRegistry meters, Clock clock) {
    this.projection = projection;
    this.lag =
        Timer.builder("orderflow.projection.lag")
            .description("From an event to its place in the projection")
            .tag("projection", projection.name())
            .publishPercentileHistogram()
            .register(meters);
    this.clock = clock;
  }

  @Override
  public String name() {
    return projection.name();
  }

  @Override
  public Set<EventTopic> topics() {
    return projection.topics();
  }

  @Override
  public void apply(List<SequencedEvent> events) {
    projection.apply(events);
    var now = clock.instant();
    events.stream()
        .map(event -> Duration.between(event.event().timestamp(), now))
        .reduce((one, other) -> one.compareTo(other) > 0 ? one : other)
        .ifPresent(lag::record);
  }
}
