package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.consumption.SequencedEvent;
import java.util.List;
import java.util.Set;

/** Takes events into projections, beside what comes from Kafka. */
public interface Intake {
  /** The names of the projections. */
  Set<String> projections();

  /**
   * Takes events into all generations of a projection, in the caller's transaction. In those that
   * have not read as far yet they change nothing; they will come to them.
   */
  void take(String projection, List<SequencedEvent> events);
}
