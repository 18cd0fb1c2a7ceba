package dev.orderflow.platform.deadletters;

import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.deadletters.DeadLetter.Happening;
import dev.orderflow.platform.deadletters.DeadLetter.Happening.What;
import dev.orderflow.platform.deadletters.DeadLetter.State;
import dev.orderflow.platform.serialization.EventJson;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has letters sent on, and notes how that ended. Everything here takes part in the caller's
 * transaction.
 */
final class DeadLetterRedrive {
  /** How many queues a call of staff sends on at most. */
  private static final int MOST_RETRIED = 10_000;

  /** How long a letter that is being sent on is left alone. It may go out again after a crash. */
  static final Duration CLAIM = Duration.ofSeconds(30);

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
   * @param service in whose name letters go on by themselves
   */
  DeadLetterRedrive(
      JdbcClient jdbc, Clock clock, @Value("${spring.application.name}") String service) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.service = service;
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
    return selection
        .bind(
            jdbc.sql(
                "UPDATE dead_letter SET state = 'RETRYING', due = :now,"
                    + REMEMBERED
                    + " WHERE due IS NULL AND id IN (SELECT coalesce((SELECT first.id"
                    + " FROM dead_letter AS first WHERE first.source = letter.source"
                    + " AND first.queue = letter.queue AND first.ended IS NULL"
                    + " ORDER BY first.place, first.id LIMIT 1), letter.id)"
                    + " FROM (SELECT * FROM dead_letter WHERE ended IS NULL AND"
                    + Selection.CONDITION
                    + " ORDER BY id LIMIT :most) AS letter)"))
        .param("now", now())
        .param("happening", EventJson.write(happening(by, What.RETRIED, null)))
        .param("most", MOST_RETRIED)
        .update();
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
        .param("later", in(CLAIM))
        .param("source", source)
        .param("now", now())
        .query((row, _) -> DeadLetter.of(row))
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
        .params(in(CLAIM), ids.toArray(Long[]::new))
        .update();
  }

  /** Has a letter sent on again after a pause: its surroundings failed. */
  void postpone(DeadLetter letter, Duration pause) {
    jdbc.sql("UPDATE dead_letter SET due = ? WHERE id = ? AND due IS NOT NULL")
        .params(in(pause), letter.id())
        .update();
  }

  /**
   * Takes a letter out that is done, and sends the next one of its queue on.
   *
   * @return whether it was there
   */
  boolean done(DeadLetter letter) {
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

  private Happening happening(String by, What what, @Nullable String detail) {
    return new Happening(clock.instant(), by, what, detail == null ? null : DeadLetter.cut(detail));
  }

  private OffsetDateTime now() {
    return in(Duration.ZERO);
  }

  private OffsetDateTime in(Duration pause) {
    return clock.instant().plus(pause).atOffset(ZoneOffset.UTC);
  }
}
