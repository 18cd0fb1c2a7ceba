package dev.orderflow.platform.consumption;

import dev.orderflow.platform.kafka.EventTopic;
import java.util.List;
import java.util.Set;

/** Builds rows from events. */
public interface Projection {
  /** Names it, and the consumer group that feeds it. */
  String name();

  /** What it is built from. Each aggregate's events must all lie in one of them. */
  Set<EventTopic> topics();

  /**
   * Takes in events, inside the transaction that also moves the position. Within one aggregate they
   * come in order, but they may repeat: an event counts only when its sequence is the next one.
   * There may be none.
   */
  void apply(List<SequencedEvent> events);
}
