package dev.orderflow.platform.deadletters;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetter.Happening;
import dev.orderflow.platform.deadletters.DeadLetter.Happening.What;
import dev.orderflow.platform.deadletters.DeadLetter.State;
import dev.orderflow.platform.serialization.EventJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The table {@code dead_letter}. Everything here takes part in the caller's transaction. The
 * letters of a source and a queue go on one after the other; the first holds up all behind it.
 */
public final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final int LONGEST_CAUSE = 1_000;

  /** How many queues a call of staff sends on at most. */
  private static final int MOST_RETRIED = 10_000;

  /** How long a letter that is being sent on is left alone. It may go out again after a crash. */
  static final Duration CLAIM = Duration.ofSeconds(30);

  private static final String SELECTED =
      """
       content IS NOT NULL
      AND (CAST(:id AS bigint) IS NULL OR id = :id)
      AND (CAST(:source AS text) IS NULL OR source = :source)
      AND (CAST(:cause AS text) IS NULL OR strpos(cause, :cause) > 0)
      AND (CAST(:orderId AS text) IS NULL OR order_id = :orderId)
      AND (CAST(:state AS text) IS NOT NULL OR CAST(:id AS bigint) IS NOT NULL OR ended IS NULL)
      AND (CAST(:state AS text) IS NULL OR state = :state)\
      """;
  private static final String REMEMBERED =
      " history = CASE WHEN jsonb_array_length(history) < 50 THEN history ELSE history - 0 END"
          + " || CAST(:happening AS jsonb)";

  /** What waits behind the letter that has changed is sent on, both in one statement. */
  private static final String THEN_THE_NEXT =
      """
      , next AS (
        UPDATE dead_letter SET state = 'RETRYING', due = :now
        WHERE due IS NULL AND EXISTS (SELECT FROM changed) AND id = (
          SELECT id FROM dead_letter
          WHERE source = :source AND queue = :queue AND ended IS NULL AND id <> :id
          ORDER BY place, id LIMIT 1))
      SELECT count(*) FROM changed\
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String service;

  /**
   * @param service in whose schema they are
   */
  public DeadLetters(
      JdbcClient jdbc, Clock clock, @Value("${spring.application.name}") String service) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.service = service;
  }

  /** The place of the first letter in each of the queues that have one. */
  public Map<String, Long> waiting(String source, Collection<String> queues) {
    return waiting(source, queues, "");
  }

  /**
   * The same. Until the transaction ends these letters stay: what is kept behind them meanwhile is
   * not left alone.
   */
  public Map<String, Long> lockWaiting(String source, Collection<String> queues) {
    return waiting(source, queues, " ORDER BY id FOR UPDATE");
  }

  private Map<String, Long> waiting(String source, Collection<String> queues, String locking) {
    var first = new HashMap<String, Long>();
    jdbc.sql(
            """
            SELECT queue, min(place) AS place FROM (
              SELECT queue, place FROM dead_letter
              WHERE source = ? AND queue = ANY (?) AND ended IS NULL%s) AS waiting
            GROUP BY queue\
            """
                .formatted(locking))
        .param(source)
        .param(queues.toArray(String[]::new))
        .query(row -> {
          first.put(row.getString("queue"), row.getLong("place"));
        });
    return first;
  }

  /** Keeps a task that was given up, in the caller's transaction, unless it is kept already. */
  public void keep(
      String source, @Nullable String queue, KeptTask task, String cause, int attempts) {
    var _ = keep(source, queue, 0, task, PermanentFailure.FAILED, cause, attempts);
  }

  /**
   * Keeps a record, unless it is kept already, in the caller's transaction.
   *
   * @param queue where it has its place; null when it has none
   * @param place in the queue; those of one place go in the order in which they were kept
   * @param cause in words; holds nothing of the content
   * @return whether what comes after it must wait; not when it was discarded before
   */
  public boolean keep(
      String source,
      Subscription subscription,
      ConsumerRecord<String, byte[]> record,
      @Nullable String queue,
      long place,
      PermanentFailure refusal,
      String cause) {
    if (refusal != PermanentFailure.FOLLOWING) {
      LOG.error(
          "{} keeps the record at {}-{} offset {} as a dead letter: {}; see /admin/dead-letters",
          source,
          record.topic(),
          record.partition(),
          record.offset(),
          cause);
    }
    return keep(
        source,
        refusal.holdsUp() ? queue : null,
        place,
        KeptRecord.of(subscription.queue(record).topicId(), record),
        refusal,
        cause,
        refusal == PermanentFailure.FOLLOWING ? 0 : 1);
  }

  /**
   * Keeps an event of ours, the work on which fails. What comes after it must wait.
   *
   * @param failure is for the log only: what it says may quote the event
   */
  public void keepFailed(
      String source,
      Subscription subscription,
      ConsumerRecord<String, byte[]> record,
      @Nullable String queue,
      long place,
      RuntimeException failure) {
    LOG.error("{} fails on a record", source, failure);
    var _ =
        keep(source, subscription, record, queue, place, PermanentFailure.FAILED, causeOf(failure));
  }

  /** The cause where the work fails. What the failure says may quote what was worked on. */
  static String causeOf(RuntimeException failure) {
    return "The work on it failed: " + failure.getClass().getName();
  }

  /**
   * Keeps it, unless it is kept already. A letter that nothing waits behind, as of what a false
   * record had asked for, does not count when things are to wait behind this one; neither does one
   * that is done, nor a discarded task: it gets a new id, behind what was kept meanwhile. A
   * discarded record is passed over for ever.
   */
  private boolean keep(
      String source,
      @Nullable String queue,
      long place,
      Content content,
      PermanentFailure refusal,
      String cause,
      int attempts) {
    return jdbc.sql(
            """
            INSERT INTO dead_letter AS kept (source, queue, place, order_id, identity, content,
              refusal, cause, attempts, since, state)
            VALUES (:source, :queue, :place, :orderId, :identity, :content, :refusal, :cause,
              :attempts, :now, 'WAITING')
            ON CONFLICT (source, identity) DO UPDATE
            SET id = CASE WHEN kept.ended IS NULL THEN kept.id ELSE excluded.id END,
              queue = excluded.queue, place = excluded.place, order_id = excluded.order_id,
              content = excluded.content, refusal = excluded.refusal, cause = excluded.cause,
              attempts = excluded.attempts, since = excluded.since, state = 'WAITING', due = NULL,
              ended = NULL
            WHERE kept.state = 'DONE' OR kept.state = 'DISCARDED' AND :again
              OR kept.ended IS NULL AND kept.queue IS NULL AND excluded.queue IS NOT NULL
            RETURNING queue IS NOT NULL\
            """)
        .param("source", source)
        .param("queue", queue)
        .param("place", place)
        .param("orderId", orderOf(queue, content))
        .param("identity", content.identity())
        .param("content", EventJson.write(content))
        .param("refusal", refusal.name())
        .param("cause", cut(cause))
        .param("attempts", attempts)
        .param("now", now())
        .param("again", content instanceof KeptTask)
        .query(Boolean.class)
        .optional()
        .orElseGet(() -> holdsUp(source, content));
  }

  private boolean holdsUp(String source, Content content) {
    return jdbc.sql(
            """
            SELECT queue IS NOT NULL AND ended IS NULL FROM dead_letter
            WHERE source = ? AND identity = ?\
            """)
        .params(source, content.identity())
        .query(Boolean.class)
        .single();
  }

  private static @Nullable String orderOf(@Nullable String queue, Content content) {
    var about =
        switch (content) {
          case KeptRecord record -> record.key();
          case KeptTask _ -> queue;
        };
    return queue != null && about != null && OrderId.FORM.matcher(about).matches() ? about : null;
  }

  /**
   * Selects letters; what is null does not narrow it.
   *
   * @param cause a part of their causes
   * @param state null for those that are not at their end
   */
  record Selection(
      @Nullable Long id,
      @Nullable String source,
      @Nullable String cause,
      @Nullable String orderId,
      @Nullable State state) {
    static Selection of(long id) {
      return new Selection(id, null, null, null, null);
    }
  }

  /**
   * A part of what is selected: those first that something waits behind, then in the order in which
   * they were kept. Only where they stand: a letter may be as large as a record, so each is looked
   * at by itself.
   *
   * @param after what the part comes after; null for the first part
   */
  List<Place> list(Selection selection, @Nullable Place after, int limit) {
    return select(
            "SELECT queue IS NULL AS free, id FROM dead_letter WHERE"
                + SELECTED
                + " AND (queue IS NULL, id) > (:free, :after)"
                + " ORDER BY queue IS NULL, id LIMIT :limit",
            selection)
        .param("free", after != null && after.free())
        .param("after", after == null ? 0 : after.id())
        .param("limit", limit)
        .query((row, _) -> new Place(row.getBoolean("free"), row.getLong("id")))
        .list();
  }

  /**
   * Where a letter stands in the list.
   *
   * @param free whether nothing waits behind it
   */
  record Place(boolean free, long id) {}

  /** All that are not at their end, as they are listed; at most so many. */
  public List<DeadLetter> open(int limit) {
    return list(new Selection(null, null, null, null, null), null, limit).stream()
        .flatMap(place -> find(place.id()).stream())
        .toList();
  }

  /** The ids of those of an order that are not at their end; at most so many. */
  List<Long> open(OrderId orderId, int limit) {
    return jdbc.sql(
            """
            SELECT id FROM dead_letter
            WHERE order_id = ? AND ended IS NULL AND content IS NOT NULL ORDER BY id LIMIT ?\
            """)
        .params(orderId.value(), limit)
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  /** The letter of this id, if there is one. */
  Optional<DeadLetter> find(long id) {
    return jdbc.sql("SELECT * FROM dead_letter WHERE id = ? AND content IS NOT NULL")
        .param(id)
        .query((row, _) -> letter(row))
        .optional();
  }

  /** Has a letter sent on that can go on by itself. */
  void goOn(long id) {
    retry(Selection.of(id), service);
  }

  /**
   * Has letters sent on; of each queue that one of them is in, the first.
   *
   * @param by who wants it
   * @return how many are sent on that were not before
   */
  int retry(Selection selection, String by) {
    return select(
            "UPDATE dead_letter SET state = 'RETRYING', due = :now,"
                + REMEMBERED
                + " WHERE due IS NULL AND id IN (SELECT coalesce((SELECT first.id"
                + " FROM dead_letter AS first WHERE first.source = letter.source"
                + " AND first.queue = letter.queue AND first.ended IS NULL"
                + " ORDER BY first.place, first.id LIMIT 1), letter.id)"
                + " FROM (SELECT * FROM dead_letter WHERE ended IS NULL AND"
                + SELECTED
                + " ORDER BY id LIMIT :most) AS letter)",
            selection)
        .param("now", now())
        .param("happening", EventJson.write(happening(by, What.RETRIED, null)))
        .param("most", MOST_RETRIED)
        .update();
  }

  private StatementSpec select(String sql, Selection selection) {
    return jdbc.sql(sql)
        .param("id", selection.id())
        .param("source", selection.source())
        .param("cause", selection.cause())
        .param("orderId", selection.orderId())
        .param("state", selection.state() == null ? null : selection.state().name());
  }

  /** A letter of a source whose turn it is to be sent on; nobody else gets it for a while. */
  Optional<DeadLetter> claim(String source) {
    return jdbc.sql(
            """
            UPDATE dead_letter SET due = :later WHERE id = (
              SELECT id FROM dead_letter AS letter
              WHERE source = :source AND due <= :now AND NOT EXISTS (
                SELECT FROM dead_letter AS earlier
                WHERE earlier.source = letter.source AND earlier.queue = letter.queue
                  AND earlier.ended IS NULL AND (earlier.place, earlier.id) < (letter.place, letter.id))
              ORDER BY due, id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *\
            """)
        .param("later", at(clock.instant().plus(CLAIM)))
        .param("source", source)
        .param("now", now())
        .query((row, _) -> letter(row))
        .optional();
  }

  /**
   * The ids of letters that are the first of their queues and may go on by themselves. In any
   * order, so that those that still cannot go on keep no others away.
   *
   * @param refusal {@code LATER} for those that wait for a later release, {@code FOLLOWING} for
   *     those that wait for one before them, which is gone
   */
  List<Long> mayGoOn(PermanentFailure refusal, int most) {
    return jdbc.sql(
            """
            SELECT id FROM (
              SELECT DISTINCT ON (source, queue) id, refusal, due FROM dead_letter
              WHERE queue IS NOT NULL AND ended IS NULL ORDER BY source, queue, place, id) AS first
            WHERE refusal = ? AND due IS NULL ORDER BY random() LIMIT ?\
            """)
        .params(refusal.name(), most)
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  /** Leaves letters alone for longer that are still being sent on. */
  void claimOn(Collection<Long> ids) {
    jdbc.sql("UPDATE dead_letter SET due = ? WHERE id = ANY (?) AND due IS NOT NULL")
        .params(at(clock.instant().plus(CLAIM)), ids.toArray(Long[]::new))
        .update();
  }

  /** Has a letter sent on again after a pause: its surroundings failed. */
  void postpone(DeadLetter letter, Duration pause) {
    jdbc.sql("UPDATE dead_letter SET due = ? WHERE id = ? AND due IS NOT NULL")
        .params(at(clock.instant().plus(pause)), letter.id())
        .update();
  }

  /**
   * Takes a letter out that is done, and sends the next one of its queue on.
   *
   * @return whether it was there
   */
  public boolean done(DeadLetter letter) {
    return end(letter, State.DONE, happening(service, What.DONE, null));
  }

  /** Takes a letter out for good, and sends the next one of its queue on. */
  boolean discard(DeadLetter letter, String by, String reason) {
    return end(letter, State.DISCARDED, happening(by, What.DISCARDED, reason));
  }

  private boolean end(DeadLetter letter, State state, Happening happening) {
    var change = "state = '%s', due = NULL, ended = :now".formatted(state.name());
    return change(letter, change, happening, true);
  }

  /** Notes an attempt that failed. What turns out to be no event holds up nothing any more. */
  void failed(DeadLetter letter, PermanentFailure refusal, String cause) {
    var change =
        "state = 'FAILED', due = NULL, attempts = attempts + 1, refusal = '%s', cause = :detail%s"
            .formatted(refusal.name(), refusal.holdsUp() ? "" : ", queue = NULL, order_id = NULL");
    var _ = change(letter, change, happening(service, What.FAILED, cause), !refusal.holdsUp());
  }

  /**
   * @param frees whether the next letter of the queue is sent on
   */
  private boolean change(DeadLetter letter, String change, Happening happening, boolean frees) {
    return jdbc.sql(
                "WITH changed AS (UPDATE dead_letter SET "
                    + change
                    + ","
                    + REMEMBERED
                    + " WHERE id = :id AND ended IS NULL RETURNING id)"
                    + THEN_THE_NEXT)
            .param("detail", happening.detail())
            .param("happening", EventJson.write(happening))
            .param("id", letter.id())
            .param("now", now())
            .param("source", letter.source())
            .param("queue", frees ? letter.queue() : null)
            .query(Long.class)
            .single()
        == 1;
  }

  /**
   * Drops the oldest letters of strangers, for which nothing waits.
   *
   * @param most how many of a source stay
   * @return how many are gone
   */
  public int dropForeign(String source, int most) {
    return jdbc.sql(
            """
            DELETE FROM dead_letter WHERE id IN (
              SELECT id FROM dead_letter
              WHERE source = ? AND refusal = 'FOREIGN' AND ended IS NULL
              ORDER BY id DESC OFFSET ?)\
            """)
        .params(source, most)
        .update();
  }

  /**
   * Forgets what came to its end long ago. Of a discarded record its name stays, so that no rebuild
   * brings it up again.
   *
   * @param kept how long letters are kept that are at their end
   * @param most how many of them
   */
  public void forgetEnded(Duration kept, int most) {
    jdbc.sql(
            """
            WITH old AS (
              SELECT id, state = 'DISCARDED' AND content::json ->> 'type' = 'record' AS named FROM (
                SELECT id, state, content, ended, row_number() OVER (ORDER BY ended DESC) AS place
                FROM dead_letter WHERE ended IS NOT NULL AND content IS NOT NULL) AS ended
              WHERE ended < :before OR place > :most),
            emptied AS (
              UPDATE dead_letter SET content = NULL, history = '[]'
              WHERE id IN (SELECT id FROM old WHERE named))
            DELETE FROM dead_letter WHERE id IN (SELECT id FROM old WHERE NOT named)\
            """)
        .param("before", at(clock.instant().minus(kept)))
        .param("most", most)
        .update();
  }

  /** How many letters each source has that has some. */
  public Map<String, Backlog> backlogs() {
    var backlogs = new HashMap<String, Backlog>();
    jdbc.sql(
            """
            SELECT source, count(*) AS letters, count(DISTINCT queue) AS queues
            FROM dead_letter WHERE ended IS NULL GROUP BY source\
            """)
        .query(row -> {
          backlogs.put(
              row.getString("source"), new Backlog(row.getLong("letters"), row.getLong("queues")));
        });
    return backlogs;
  }

  /**
   * What of a source cannot proceed.
   *
   * @param letters how many records and tasks
   * @param heldUp how many orders or keys have stopped at one of them
   */
  public record Backlog(long letters, long heldUp) {
    /** Everything goes on. */
    public static final Backlog NONE = new Backlog(0, 0);
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        row.getString("source"),
        row.getString("queue"),
        row.getString("order_id"),
        EventJson.read(row.getString("content"), Content.class),
        PermanentFailure.valueOf(row.getString("refusal")),
        row.getString("cause"),
        row.getInt("attempts"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        State.valueOf(row.getString("state")),
        List.of(EventJson.read(row.getString("history"), Happening[].class)));
  }

  private Happening happening(String by, What what, @Nullable String detail) {
    return new Happening(clock.instant(), by, what, detail == null ? null : cut(detail));
  }

  private static String cut(String cause) {
    return cause.substring(0, Math.min(cause.length(), LONGEST_CAUSE));
  }

  private OffsetDateTime now() {
    return at(clock.instant());
  }

  private static OffsetDateTime at(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
