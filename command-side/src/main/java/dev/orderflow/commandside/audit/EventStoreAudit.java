package dev.orderflow.commandside.audit;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.commandside.eventstore.EventStorage;
import dev.orderflow.platform.serialization.EventJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
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

  /** How many events the snapshot has. */
  long begin() throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return count("SELECT count(*) FROM domain_event");
  }

  /** Walks through it once, and adds to the findings. */
  void walk(Walk walk, Findings findings, ProgressLine progress) throws SQLException {
    var all = count(walk.count());
    @Nullable String group = null;
    var inspection = walk.of("", findings);
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      var rows = statement.executeQuery(walk.query());
      for (var seen = 1L; rows.next(); seen++) {
        var next = Objects.requireNonNullElse(rows.getString("group_key"), "");
        if (!next.equals(group)) {
          inspection.end();
          group = next;
          inspection = walk.of(next, findings);
        }
        look(rows, walk, inspection, findings);
        progress.show(walk, seen, all);
      }
    }
    inspection.end();
  }

  private void look(ResultSet row, Walk walk, Inspection inspection, Findings findings)
      throws SQLException {
    var index = row.getLong("global_index");
    var why = "unknown";
    try {
      var entry = Stream.of(EventStorage.entry(row));
      var event =
          EventStreamUtils.upcastAndDeserializeDomainEvents(entry, serializer, upcaster).next();
      if (event.getPayload() instanceof DomainEvent payload) {
        var stream = event.getAggregateIdentifier();
        inspection.see(new StoredEvent(index, stream, event.getSequenceNumber(), payload));
        return;
      }
    } catch (SerializationException | InvalidValueException e) {
      why = String.valueOf(e.getMessage());
    }
    // Said once, on the walk that sees every event.
    if (walk == Walk.STREAMS) {
      findings.broken(
          HistoryRule.READABLE,
          index,
          "event %d (sequence %d of %s) is a %s of revision %s that cannot be read: %s"
              .formatted(
                  index,
                  row.getLong("sequence_number"),
                  row.getString("aggregate_id"),
                  row.getString("payload_type"),
                  row.getString("payload_revision"),
                  why));
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
