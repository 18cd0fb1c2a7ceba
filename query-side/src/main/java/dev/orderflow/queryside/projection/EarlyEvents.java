package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.OncePerMinute;
import dev.orderflow.platform.consumption.SequencedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that came before their predecessors. The publisher repeats a batch that failed, so the
 * missing ones follow, and then these again; when they do not, somebody must know.
 */
public final class EarlyEvents {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyEvents.class);

  private final String projection;
  private final Counter counter;
  private final OncePerMinute warnings;

  /** Counts for one projection, as {@code orderflow.projection.early}. */
  public EarlyEvents(String projection, MeterRegistry meters, Clock clock) {
    this.projection = projection;
    this.counter =
        Counter.builder("orderflow.projection.early")
            .description("Events passed over because an earlier one of their aggregate is missing")
            .tag("projection", projection)
            .register(meters);
    this.warnings = new OncePerMinute(clock);
  }

  void passOver(SequencedEvent event, long last) {
    counter.increment();
    warnings.happened(times ->
        LOG.warn(
            "{} passes over event {} of {}: {} is the last it knows ({} passed over since the last"
                + " such line)",
            projection,
            event.sequence(),
            event.aggregateId(),
            last,
            times));
  }
}
