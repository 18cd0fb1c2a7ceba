package dev.orderflow.commandside.publication;

import dev.orderflow.commandside.eventstore.CommittedEvents.StoredEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Measures how far the publication is behind the event store: as {@code orderflow.publication.lag}
 * how long after it happened an event is on Kafka, of each batch the oldest; and as {@code
 * orderflow.publication.behind} how many events are still to be published, the same on every
 * instance.
 */
@Component
final class PublicationLag {
  private final Timer lag;
  private final Clock clock;

  PublicationLag(Republication republication, MeterRegistry meters, Clock clock) {
    this.lag =
        Timer.builder("orderflow.publication.lag")
            .description("From an event to its place on Kafka")
            .publishPercentileHistogram()
            .register(meters);
    this.clock = clock;
    Gauge.builder("orderflow.publication.behind", () -> behind(republication))
        .description("Events that are still to be published")
        .register(meters);
  }

  private static long behind(Republication republication) {
    var progress = republication.progress();
    return progress.total() - progress.published();
  }

  /** They are on Kafka, for the first time. */
  void published(List<StoredEvent> batch) {
    lag.record(Duration.between(batch.getFirst().data().getTimestamp(), clock.instant()));
  }
}
