package dev.orderflow.queryside.quarantine;

import dev.orderflow.platform.consumption.RecordQueue;
import dev.orderflow.platform.consumption.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table {@code projection_letter}. The letters of one projection and one queue go out in the
 * order of their offsets. One that was put behind another that is just leaving waits for nothing,
 * and goes on at the next look.
 */
@Repository
public class Letters {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<List<StoredHeader>> HEADERS = new TypeReference<>() {};
  private static final String WAITING = " refusal <> 'FOREIGN' AND NOT discarded ";

  private final JdbcClient jdbc;
  private final Clock clock;

  Letters(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Where a projection keeps what it cannot take in. */
  public ProjectionLetters of(String projection) {
    return new ProjectionLetters(projection, this, clock);
  }

  /** The offset of the first letter that waits in each of the queues that have one. */
  Map<RecordQueue, Long> waiting(String projection, Collection<RecordQueue> queues) {
    var keys = queues.stream().map(RecordQueue::key).distinct().toArray();
    var first = new HashMap<RecordQueue, Long>();
    jdbc.sql(
            "SELECT topic_id, partition, record_key, min(record_offset) AS first_offset"
                + " FROM projection_letter WHERE projection = ? AND record_key = ANY (?) AND"
                + WAITING
                + "GROUP BY topic_id, partition, record_key")
        .params(projection, new SqlArrayValue("text", keys))
        .query(row -> {
          first.put(queue(row), row.getLong("first_offset"));
        });
    return first;
  }

  /**
   * Keeps a record, unless it is kept already.
   *
   * @return whether what comes after it must wait
   */
  boolean keep(
      String projection,
      RecordQueue queue,
      ConsumerRecord<String, byte[]> record,
      Refusal refusal,
      String cause) {
    // The update changes nothing: it lets the row that is there be returned.
    return jdbc.sql(
            """
            INSERT INTO projection_letter (projection, topic, topic_id, partition, record_offset,
              record_key, headers, value, refusal, cause, attempts, since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (projection, topic_id, partition, record_offset)
            DO UPDATE SET projection = excluded.projection
            RETURNING\
            """
                + WAITING)
        .param(projection)
        .param(record.topic())
        .param(queue.topicId())
        .param(queue.partition())
        .param(record.offset())
        .param(queue.key())
        .param(JSON.writeValueAsString(StoredHeader.of(record.headers())))
        .param(record.value())
        .param(refusal.name())
        .param(cause)
        .param(refusal == Refusal.FOLLOWING ? 0 : 1)
        .param(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  /** The oldest letters of a projection, those first that something waits behind. */
  List<Letter> oldest(String projection, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM projection_letter WHERE projection = ? AND NOT discarded
            ORDER BY refusal = 'FOREIGN', id LIMIT ?\
            """)
        .params(projection, limit)
        .query(Letters::letter)
        .list();
  }

  /** A letter of a projection, if there is one. */
  Optional<Letter> find(String projection, long id) {
    return jdbc.sql(
            "SELECT * FROM projection_letter WHERE projection = ? AND id = ? AND NOT discarded")
        .params(projection, id)
        .query(Letters::letter)
        .optional();
  }

  /** The first letter that waits in a queue, if there is one. */
  Optional<Letter> first(String projection, RecordQueue queue) {
    return jdbc.sql(
            "SELECT * FROM projection_letter WHERE projection = ? AND record_key = ?"
                + " AND topic_id = ? AND partition = ? AND"
                + WAITING
                + "ORDER BY record_offset LIMIT 1")
        .params(projection, queue.key(), queue.topicId(), queue.partition())
        .query(Letters::letter)
        .optional();
  }

  /**
   * The queues of a projection whose first letter may go on by itself: it waits for a later
   * release, or for one before it that is gone, as when the instance stopped that was sending them
   * on.
   */
  List<RecordQueue> mayGoOn(String projection) {
    return jdbc.sql(
            "SELECT topic_id, partition, record_key FROM (SELECT DISTINCT ON"
                + " (record_key, topic_id, partition) topic_id, partition, record_key, refusal"
                + " FROM projection_letter WHERE projection = ? AND"
                + WAITING
                + "ORDER BY record_key, topic_id, partition, record_offset) AS first_letter"
                + " WHERE refusal IN ('LATER', 'FOLLOWING')")
        .param(projection)
        .query((row, _) -> queue(row))
        .list();
  }

  /**
   * Drops the oldest letters of strangers, for which nothing waits.
   *
   * @param most how many of a projection stay
   * @return how many are gone
   */
  int dropForeign(String projection, int most) {
    return jdbc.sql(
            """
            DELETE FROM projection_letter WHERE id IN (
              SELECT id FROM projection_letter
              WHERE projection = ? AND refusal = 'FOREIGN' AND NOT discarded
              ORDER BY id DESC OFFSET ?)\
            """)
        .params(projection, most)
        .update();
  }

  /**
   * Takes a letter out, when it is done.
   *
   * @return whether it was there
   */
  boolean remove(Letter letter) {
    return jdbc.sql("DELETE FROM projection_letter WHERE id = ? AND NOT discarded")
            .param(letter.id())
            .update()
        == 1;
  }

  /** Has a record be passed over, for ever. */
  void discard(Letter letter) {
    jdbc.sql("UPDATE projection_letter SET discarded = true WHERE id = ?")
        .param(letter.id())
        .update();
  }

  /** Notes an attempt that failed. */
  void failedAgain(Letter letter, Refusal refusal, String cause) {
    jdbc.sql(
            """
            UPDATE projection_letter SET attempts = attempts + 1, refusal = ?, cause = ?
            WHERE id = ?\
            """)
        .params(refusal.name(), cause, letter.id())
        .update();
  }

  /** How many letters each projection has that has some. */
  public Map<String, Backlog> backlogs() {
    var backlogs = new HashMap<String, Backlog>();
    jdbc.sql(
            "SELECT projection, count(*) AS letters, count(DISTINCT (topic_id, partition, record_key))"
                + " FILTER (WHERE"
                + WAITING
                + ") AS queues FROM projection_letter WHERE NOT discarded GROUP BY projection")
        .query(row -> {
          backlogs.put(
              row.getString("projection"),
              new Backlog(row.getLong("letters"), row.getLong("queues")));
        });
    return backlogs;
  }

  /**
   * What a projection has not taken in.
   *
   * @param letters how many records
   * @param heldUp how many keys have stopped at one of them
   */
  public record Backlog(long letters, long heldUp) {
    /** Everything was taken in. */
    public static final Backlog NONE = new Backlog(0, 0);
  }

  private static Letter letter(ResultSet row, int number) throws SQLException {
    var queue = queue(row);
    @SuppressWarnings("NullAway") // Kafka's records may lack a value; it just does not say so.
    var record =
        new ConsumerRecord<String, byte[]>(
            row.getString("topic"),
            queue.partition(),
            row.getLong("record_offset"),
            queue.key(),
            row.getBytes("value"));
    JSON.readValue(row.getString("headers"), HEADERS)
        .forEach(header -> record.headers().add(header.name(), header.value()));
    return new Letter(
        row.getLong("id"),
        row.getString("projection"),
        queue,
        record,
        Refusal.valueOf(row.getString("refusal")),
        row.getString("cause"),
        row.getInt("attempts"),
        row.getObject("since", OffsetDateTime.class).toInstant());
  }

  private static RecordQueue queue(ResultSet row) throws SQLException {
    return new RecordQueue(
        row.getObject("topic_id", UUID.class),
        row.getInt("partition"),
        row.getString("record_key"));
  }

  @SuppressWarnings("ArrayRecordComponent") // It only carries the bytes; nobody compares headers.
  private record StoredHeader(String name, byte @Nullable [] value) {
    static List<StoredHeader> of(Headers headers) {
      return StreamSupport.stream(headers.spliterator(), false)
          .map(header -> new StoredHeader(header.key(), header.value()))
          .toList();
    }
  }
}
