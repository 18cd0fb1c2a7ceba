package dev.orderflow.commandside.audit;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.platform.serialization.EventJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/** Walks through a snapshot of an event store; services go on writing to it meanwhile. */
final class EventStoreAudit {
  private static final int ROWS_AT_ONCE = 1_000;

  private final Connection connection;
  private final Serializer serializer = EventJson.serializer();
  private final EventUpcaster upcaster = EventJson.upcaster();

  /**
   * @param connection whose search path leads to the event store
   */
  EventStoreAudit(Connection connection) {
    this.connection = connection;
  }

  /** Hears of the progress. */
  @FunctionalInterface
  interface Progress {
    /**
     * Called after every event.
     *
     * @param events so far
     * @param of how many there are on this walk
     */
    void at(Walk walk, long events, long of);
  }

  /** How many events the snapshot has. */
  long begin() throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return count("SELECT count(*) FROM domain_event");
  }

  /** Walks through it once, and adds to the findings. */
  void walk(Walk walk, Findings findings, Progress progress) throws SQLException {
    var all = count(walk.count());
    try (var statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      walk(walk, statement, findings, seen -> progress.at(walk, seen, all));
    }
  }

  private interface Counter {
    void at(long events);
  }

  private void walk(Walk walk, Statement statement, Findings findings, Counter counter)
      throws SQLException {
    @Nullable String group = null;
    var inspection = walk.of("", findings);
    try (var rows = statement.executeQuery(walk.query())) {
      for (var seen = 1L; rows.next(); seen++) {
        var next = Objects.requireNonNullElse(rows.getString("group_key"), "");
        if (!next.equals(group)) {
          inspection.end();
          group = next;
          inspection = walk.of(next, findings);
        }
        look(rows, walk, inspection, findings);
        counter.at(seen);
      }
    }
    inspection.end();
  }

  private void look(ResultSet row, Walk walk, Inspection inspection, Findings findings)
      throws SQLException {
    try {
      read(row).ifPresentOrElse(inspection::see, () -> unreadable(row, walk, findings, "unknown"));
    } catch (SerializationException | InvalidValueException e) {
      unreadable(row, walk, findings, String.valueOf(e.getMessage()));
    }
  }

  /** Empty when it is no event of ours. */
  private Optional<StoredEvent> read(ResultSet row) throws SQLException {
    var entry = Stream.of(EventStorage.entry(row));
    var event =
        EventStreamUtils.upcastAndDeserializeDomainEvents(entry, serializer, upcaster).next();
    return event.getPayload() instanceof DomainEvent payload
        ? Optional.of(
            new StoredEvent(
                row.getLong("global_index"),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                payload))
        : Optional.empty();
  }

  /** Said once, on the walk that sees every event. */
  private static void unreadable(ResultSet row, Walk walk, Findings findings, String why) {
    if (walk != Walk.STREAMS) {
      return;
    }
    try {
      findings.broken(
          HistoryRule.READABLE,
          row.getLong("global_index"),
          "event %d (sequence %d of %s) is a %s of revision %s that cannot be read: %s"
              .formatted(
                  row.getLong("global_index"),
                  row.getLong("sequence_number"),
                  row.getString("aggregate_id"),
                  row.getString("payload_type"),
                  row.getString("payload_revision"),
                  why));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
