package dev.orderflow.queryside.projection;

import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.platform.kafka.EventTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes a batch of events into rows, in memory, so that a row is written once however many of the
 * events are about it. Rows are named by the key of their events on Kafka.
 *
 * @param <S> the state of a row
 */
public final class Fold<S> {
  private final History<S> history;
  private final EarlyEvents early;

  /** Passes over what {@code early} then counts. */
  public Fold(History<S> history, EarlyEvents early) {
    this.history = history;
    this.early = early;
  }

  /** The rows that the events are about, in the one order in which everybody locks them. */
  public SortedSet<String> keys(List<SequencedEvent> events) {
    var keys = new TreeSet<String>();
    events.forEach(event -> keys.add(EventTopic.keyOf(event.event())));
    return keys;
  }

  /**
   * The rows that the events change, by key.
   *
   * @param rows those there are of {@link #keys}
   */
  public SortedMap<String, S> changes(Map<String, S> rows, List<SequencedEvent> events) {
    var current = new HashMap<>(rows);
    var changed = new TreeMap<String, S>();
    for (var event : events) {
      var key = EventTopic.keyOf(event.event());
      var state = current.get(key);
      var last = history.lastSequence(state, event.event());
      switch (Arrival.of(last, event.sequence())) {
        case NEXT -> {
          var next = history.after(state, event.event(), event.sequence());
          current.put(key, next);
          changed.put(key, next);
        }
        case REPEATED -> {}
        case EARLY -> early.passOver(event, last);
      }
    }
    return changed;
  }
}
