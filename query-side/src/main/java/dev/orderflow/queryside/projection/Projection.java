package dev.orderflow.queryside.projection;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds rows from events. All that there is to say of a projection is said here: as a bean it is
 * fed, rebuilt and compared like all others.
 *
 * @param <R> what is told of a row that has changed
 */
public interface Projection<R> {
  /** Names it. */
  String name();

  /** What it is built from; their order never changes, for it belongs to its consumer group. */
  List<EventTopic> topics();

  /** Its tables. */
  List<Table> tables();

  /**
   * Takes in events, in the caller's transaction. Within one aggregate they come in order, but they
   * may repeat, in this transaction or in another one at the same time: an event counts once, and
   * only after the one before it.
   *
   * @param tables those to write to
   * @param events at least one
   * @return the rows that have changed, by key, as {@link #changed} needs them
   */
  SortedMap<String, R> take(Tables tables, List<SequencedEvent> events);

  /**
   * Tells those who read or keep rows what has changed in the tables that serve. Called in the
   * transaction of the change, for the time after its commit.
   */
  default void changed(SortedMap<String, R> rows) {}

  /**
   * A table, which a migration makes. It has a primary key.
   *
   * @param name its plain name
   * @param version the column that only grows when a row takes in events, so that a row that was
   *     built can be seen to be no older than the one that serves; null when there is none
   */
  record Table(String name, @Nullable String version) {}
}
