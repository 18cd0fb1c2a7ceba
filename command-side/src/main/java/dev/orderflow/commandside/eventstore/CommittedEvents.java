package dev.orderflow.commandside.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was committed after a token, as it is stored; late commits with lower indexes are not
 * missed: Axon's engine keeps account of the gaps.
 */
public final class CommittedEvents extends JdbcEventStorageEngine {
  CommittedEvents(Builder builder) {
    super(builder);
  }

  /** An event as it is stored, and the token of a reader that has read up to it. */
  public record StoredEvent(DomainEventData<byte[]> data, TrackingToken token) {}

  /**
   * The next events, in their order; fewer than asked for when there are no more.
   *
   * @param token null for the first event of all
   * @param limit most events, beside those in gaps
   */
  public List<StoredEvent> after(@Nullable TrackingToken token, int limit) {
    return fetchTrackedEvents(token, limit).stream().map(CommittedEvents::stored).toList();
  }

  /**
   * The events in some gaps, and the next ones. Axon's own statement reads so many places instead,
   * some of which may be empty: then fewer events would not mean that there are no more.
   */
  static PreparedStatement after(
      Connection connection, EventSchema schema, long index, int most, List<Long> gaps)
      throws SQLException {
    var statement =
        connection.prepareStatement(
            """
            SELECT %1$s FROM %2$s WHERE %3$s = ANY (?)
            UNION ALL
            (SELECT %1$s FROM %2$s WHERE %3$s > ? ORDER BY %3$s LIMIT ?)
            ORDER BY %3$s\
            """
                .formatted(
                    schema.trackedEventFields(),
                    schema.domainEventTable(),
                    schema.globalIndexColumn()));
    statement.setArray(1, connection.createArrayOf("bigint", gaps.toArray()));
    statement.setLong(2, index);
    statement.setInt(3, most);
    return statement;
  }

  @SuppressWarnings("unchecked")
  private static StoredEvent stored(TrackedEventData<?> event) {
    return new StoredEvent((DomainEventData<byte[]>) event, event.trackingToken());
  }
}
