package dev.orderflow.commandside.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The request to publish everything again, as a row that all instances see: whether it was asked
 * for, and up to which event it goes.
 */
@Component
final class Republication {
  private final JdbcClient jdbc;
  private final Clock clock;
  private volatile boolean mayBeUnderWay;

  Republication(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Asks for it; joins the one that is asked for or under way. */
  void request() {
    jdbc.sql("INSERT INTO republication DEFAULT VALUES ON CONFLICT DO NOTHING").update();
  }

  /** Whether it was asked for and is not begun. */
  boolean isRequested() {
    return jdbc.sql("SELECT EXISTS (SELECT FROM republication WHERE begun_at IS NULL)")
        .query(Boolean.class)
        .single();
  }

  /** Call it in the transaction that moves the token back. */
  void begin() {
    mayBeUnderWay = true;
    jdbc.sql(
            """
            INSERT INTO republication (begun_at, up_to)
            SELECT :now, coalesce(max(global_index), 0) FROM domain_event
            ON CONFLICT (only_one) DO UPDATE SET begun_at = excluded.begun_at, up_to = excluded.up_to\
            """)
        .param("now", OffsetDateTime.now(clock))
        .update();
    // A store without events has nothing that could end it.
    publishedUpTo(0);
  }

  /** Goes on with one that another instance may have begun. */
  void resume() {
    mayBeUnderWay = true;
  }

  /** Says that everything up to the event with this index is published. */
  void publishedUpTo(long index) {
    if (mayBeUnderWay) {
      jdbc.sql("DELETE FROM republication WHERE up_to <= ?").param(index).update();
      mayBeUnderWay = isNoted();
    }
  }

  /** Whether the events that are published now were published before. */
  boolean isUnderWay() {
    mayBeUnderWay = mayBeUnderWay && isNoted();
    return mayBeUnderWay;
  }

  private boolean isNoted() {
    return jdbc.sql("SELECT EXISTS (SELECT FROM republication)").query(Boolean.class).single();
  }

  /** How far the publication is, on whichever instance it runs. */
  PublicationJson.Publication progress() {
    return jdbc.sql(
            """
            SELECT coalesce((convert_from(token, 'UTF8')::jsonb ->> 'index')::bigint, 0) AS published,
                   (SELECT coalesce(max(global_index), 0) FROM domain_event) AS total,
                   EXISTS (SELECT FROM republication) AS republishing,
                   (SELECT begun_at FROM republication) AS begun_at
            FROM (VALUES (?, ?)) AS wanted (processor_name, segment)
            LEFT JOIN publication_token USING (processor_name, segment)\
            """)
        .params(PublicationPosition.NAME, PublicationPosition.SEGMENT)
        .query((row, _) ->
            PublicationJson.Publication.of(
                row.getBoolean("republishing"),
                row.getLong("published"),
                row.getLong("total"),
                sinceBegun(row)))
        .single();
  }

  private @Nullable Duration sinceBegun(ResultSet row) throws SQLException {
    var begunAt = row.getObject("begun_at", OffsetDateTime.class);
    return begunAt == null ? null : Duration.between(begunAt.toInstant(), clock.instant());
  }
}
