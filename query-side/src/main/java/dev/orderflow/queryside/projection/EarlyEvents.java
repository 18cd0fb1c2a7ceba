package dev.orderflow.queryside.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that came before their predecessors. The publisher repeats a batch that failed, so the
 * missing ones follow, and then these again; when they do not, an operator must know.
 */
public final class EarlyEvents {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyEvents.class);

  private final String projection;
  private final Counter counter;

  /** Counts for one projection, as {@code orderflow.projection.early}. */
  public EarlyEvents(String projection, MeterRegistry meters) {
    this.projection = projection;
    this.counter =
        Counter.builder("orderflow.projection.early")
            .description("Events passed over because an earlier one of their aggregate is missing")
            .tag("projection", projection)
            .register(meters);
  }

  /**
   * Looks whether a chain came too early.
   *
   * @param last the last sequence that its row knows; {@link Chain#NOTHING} when there is no row
   * @throws IllegalStateException when the row could have taken the chain in, and has not
   */
  public void look(Chain chain, long last) {
    if (last >= chain.last()) {
      return;
    }
    if (last >= chain.first() - 1) {
      throw new IllegalStateException(
          "No row takes in events from %d on of %s".formatted(chain.first(), chain.key()));
    }
    counter.increment(chain.last() - chain.first() + 1.0);
    LOG.warn(
        "{} passes over event {} of {} {}: {} is the last it knows",
        projection,
        chain.first(),
        chain.topic(),
        chain.key(),
        last);
  }
}
