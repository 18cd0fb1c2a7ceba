package dev.orderflow.platform.deadletters;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.serialization.EventJson;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What becomes a dead letter, and what has to wait behind it. Everything here takes part in the
 * caller's transaction. The letters of a source and a queue go on one after the other; the first
 * holds up all behind it.
 */
public final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final JdbcClient jdbc;
  private final Clock clock;

  /** In the schema of a service. */
  public DeadLetters(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * The place of the first letter in each of the queues that have one.
   *
   * @param queues to look at, when the source has letters at all
   */
  public Map<String, Long> waiting(String source, Supplier<Collection<String>> queues) {
    return holdsUp(source) ? waiting(source, queues.get(), "") : Map.of();
  }

  private boolean holdsUp(String source) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM dead_letter WHERE source = ? AND queue IS NOT NULL AND ended IS NULL)\
            """)
        .param(source)
        .query(Boolean.class)
        .single();
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
        .param("cause", DeadLetter.cut(cause))
        .param("attempts", attempts)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
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
}
