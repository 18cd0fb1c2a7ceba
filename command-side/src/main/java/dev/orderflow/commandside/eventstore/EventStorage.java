package dev.orderflow.commandside.eventstore;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.platform.postgres.TextArray;
import dev.orderflow.platform.serialization.EventJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Reads and writes events and snapshots as sets, in the caller's transaction. Events of earlier
 * revisions are upcast to the present one. Storage of single streams, as Axon's engine has it,
 * costs a statement or two for each.
 */
@Component
public final class EventStorage {
  private static final byte[] NO_METADATA = "{}".getBytes(StandardCharsets.UTF_8);
  private static final String COLUMNS =
      "type, aggregate_id, sequence_number, event_id, recorded_at, payload_type, payload_revision,"
          + " payload, metadata";

  private final JdbcClient jdbc;
  private final Serializer serializer;
  private final EventUpcaster upcaster = EventJson.upcaster();

  EventStorage(JdbcClient jdbc, Serializer eventSerializer) {
    this.jdbc = jdbc;
    this.serializer = eventSerializer;
  }

  /**
   * Events of streams.
   *
   * @param from by stream, the sequence of the first event to read
   * @return by stream, in their order; a stream without such events is missing
   */
  public Map<String, List<DomainEventMessage<?>>> read(Map<String, Long> from) {
    if (from.isEmpty()) {
      return Map.of();
    }
    return messages(
            jdbc.sql(
                    """
                    SELECT %s FROM unnest(?::text[], ?::bigint[]) AS wanted (id, first_sequence)
                    JOIN domain_event ON aggregate_id = id AND sequence_number >= first_sequence
                    ORDER BY aggregate_id, sequence_number\
                    """
                        .formatted(COLUMNS))
                .param(from.keySet().toArray(String[]::new))
                .param(from.values().toArray(Long[]::new)))
        .stream()
        .collect(groupingBy(DomainEventMessage::getAggregateIdentifier));
  }

  /**
   * Some events of one stream, in their order.
   *
   * @param first the sequence of the first event to read
   * @param most how many at a time
   */
  List<? extends DomainEventMessage<?>> read(String streamId, long first, int most) {
    return messages(
        jdbc.sql(
                """
                SELECT %s FROM domain_event WHERE aggregate_id = ? AND sequence_number >= ?
                ORDER BY sequence_number LIMIT ?\
                """
                    .formatted(COLUMNS))
            .params(streamId, first, most));
  }

  /**
   * The sequence of the last event of each stream; a stream without events is missing. Sees what is
   * committed at this moment.
   */
  public Map<String, Long> versions(Collection<String> streamIds) {
    var versions = new HashMap<String, Long>();
    jdbc.sql(
            """
            SELECT s.id, last.sequence_number
            FROM unnest(?::text[]) AS s (id)
            CROSS JOIN LATERAL (
              SELECT sequence_number FROM domain_event
              WHERE aggregate_id = s.id ORDER BY sequence_number DESC LIMIT 1) last\
            """)
        .param(streamIds.toArray(String[]::new))
        .query((row, _) -> versions.put(row.getString(1), row.getLong(2)))
        .list();
    return versions;
  }

  /** Whether the stream has an event. */
  public boolean exists(String streamId) {
    return !versions(List.of(streamId)).isEmpty();
  }

  /** The last event of a stream; enough where every event carries the state after it. */
  public Optional<DomainEvent> last(String streamId) {
    return messages(
            jdbc.sql(
                    """
                    SELECT %s FROM domain_event
                    WHERE aggregate_id = ? ORDER BY sequence_number DESC LIMIT 1\
                    """
                        .formatted(COLUMNS))
                .param(streamId))
        .stream()
        .map(message -> (DomainEvent) message.getPayload())
        .findFirst();
  }

  /**
   * An event.
   *
   * @param place among all events
   */
  public record Placed(DomainEventMessage<?> event, long place) {}

  /**
   * The first events of streams, in the order of their places.
   *
   * @param most how many
   */
  public List<Placed> first(Collection<String> streamIds, int most) {
    return placed(
        jdbc.sql(
                """
                SELECT global_index, %s FROM domain_event WHERE aggregate_id = ANY (?)
                ORDER BY global_index LIMIT ?\
                """
                    .formatted(COLUMNS))
            .param(streamIds.toArray(String[]::new))
            .param(most));
  }

  /**
   * What was appended to streams about when an event was, in the order of the places. The streams
   * may be long: only the places around are looked at.
   *
   * @param place of the event
   * @param distance how many places before it and behind it are looked at
   */
  public List<Placed> around(long place, int distance, Collection<String> streamIds) {
    // OFFSET has the places looked up first: an index of the streams would be the wrong one.
    return placed(
        jdbc.sql(
                """
                SELECT * FROM (
                  SELECT global_index, %s FROM domain_event
                  WHERE global_index BETWEEN ? AND ? OFFSET 0) AS near
                WHERE aggregate_id = ANY (?) ORDER BY global_index\
                """
                    .formatted(COLUMNS))
            .param(place - distance)
            .param(place + distance)
            .param(streamIds.toArray(String[]::new)));
  }

  /** One for each row: no upcaster drops or splits an event. */
  private List<Placed> placed(StatementSpec query) {
    var places = new HashMap<String, Long>();
    var entries =
        query
            .query((row, _) -> {
              places.put(row.getString("event_id"), row.getLong("global_index"));
              return entry(row);
            })
            .list();
    return messages(entries).stream()
        .map(event -> new Placed(event, Objects.requireNonNull(places.get(event.getIdentifier()))))
        .toList();
  }

  /**
   * Appends events of any streams.
   *
   * @throws org.springframework.dao.DuplicateKeyException when a stream has an event of the same
   *     sequence
   */
  public void append(List<DomainEventMessage<?>> events) {
    var payloads = payloads(events);
    jdbc.sql(
            """
            INSERT INTO domain_event (%s)
            SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                                 ?::text[], ?::bytea[], ?::bytea[])\
            """
                .formatted(COLUMNS))
        .param(TextArray.of(events, DomainEventMessage::getType))
        .param(TextArray.of(events, DomainEventMessage::getAggregateIdentifier))
        .param(events.stream().map(DomainEventMessage::getSequenceNumber).toArray(Long[]::new))
        .param(TextArray.of(events, DomainEventMessage::getIdentifier))
        .param(TextArray.of(events, event -> DateTimeUtils.formatInstant(event.getTimestamp())))
        .param(TextArray.of(payloads, payload -> payload.getType().getName()))
        .param(TextArray.of(payloads, payload -> payload.getType().getRevision()))
        .param(payloads.stream().map(SerializedObject::getData).toArray(byte[][]::new))
        .param(events.stream().map(this::metadata).toArray(byte[][]::new))
        .update();
  }

  /**
   * The newest snapshot of each stream; one of another form or revision is passed over.
   *
   * @param form of the stored states
   */
  Map<String, DomainEventMessage<?>> snapshots(Class<?> form, Collection<String> streamIds) {
    var type = serializer.typeForClass(form);
    return messages(
            jdbc.sql(
                    """
                    SELECT DISTINCT ON (aggregate_id) %s FROM snapshot_event
                    WHERE aggregate_id = ANY (?) AND payload_type = ? AND payload_revision = ?
                    ORDER BY aggregate_id, sequence_number DESC\
                    """
                        .formatted(COLUMNS))
                .param(streamIds.toArray(String[]::new))
                .param(type.getName())
                .param(type.getRevision()))
        .stream()
        .collect(toMap(DomainEventMessage::getAggregateIdentifier, Function.identity()));
  }

  /** Stores a snapshot in place of earlier ones of its stream. */
  void replaceSnapshot(DomainEventMessage<?> snapshot) {
    var payload = snapshot.serializePayload(serializer, byte[].class);
    jdbc.sql("DELETE FROM snapshot_event WHERE aggregate_id = ? AND sequence_number <= ?")
        .params(snapshot.getAggregateIdentifier(), snapshot.getSequenceNumber())
        .update();
    jdbc.sql(
            "INSERT INTO snapshot_event (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)".formatted(COLUMNS))
        .param(snapshot.getType())
        .param(snapshot.getAggregateIdentifier())
        .param(snapshot.getSequenceNumber())
        .param(snapshot.getIdentifier())
        .param(DateTimeUtils.formatInstant(snapshot.getTimestamp()))
        .param(payload.getType().getName())
        .param(payload.getType().getRevision())
        .param(payload.getData())
        .param(NO_METADATA)
        .update();
  }

  private List<SerializedObject<byte[]>> payloads(List<DomainEventMessage<?>> events) {
    return events.stream().map(event -> event.serializePayload(serializer, byte[].class)).toList();
  }

  private byte[] metadata(DomainEventMessage<?> event) {
    return event.getMetaData().isEmpty()
        ? NO_METADATA
        : event.serializeMetaData(serializer, byte[].class).getData();
  }

  private List<? extends DomainEventMessage<?>> messages(StatementSpec query) {
    return messages(query.query((row, _) -> entry(row)).list());
  }

  /** The events that are stored so, in their order. */
  public List<? extends DomainEventMessage<?>> messages(List<DomainEventData<byte[]>> entries) {
    return EventStreamUtils.asStream(
            EventStreamUtils.upcastAndDeserializeDomainEvents(
                entries.stream(), serializer, upcaster))
        .toList();
  }

  /** The event, or the snapshot, in a row of the event store. */
  public static DomainEventData<byte[]> entry(ResultSet row) throws SQLException {
    return new GenericDomainEventEntry<>(
        row.getString("type"),
        row.getString("aggregate_id"),
        row.getLong("sequence_number"),
        row.getString("event_id"),
        row.getString("recorded_at"),
        row.getString("payload_type"),
        row.getString("payload_revision"),
        row.getBytes("payload"),
        row.getBytes("metadata"));
  }
}
