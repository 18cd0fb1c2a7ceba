package dev.orderflow.commandside.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishing everything again, from the first event, as a row that all instances see. */
@Component
final class Republication {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Republication(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Begins it, unless one is under way. */
  void request() {
    begin("NOTHING");
  }

  /** Begins it, from the first event even if one is under way. */
  void beginAnew() {
    begin("UPDATE SET begun_at = excluded.begun_at, up_to = excluded.up_to");
  }

  /** The instance that publishes loses its claim, and so learns of it. */
  private void begin(String whenUnderWay) {
    transaction.executeWithoutResult(_ -> {
      var begun =
          jdbc.sql(
                  """
                  INSERT INTO republication (begun_at, up_to)
                  SELECT ?::timestamptz, max(global_index) FROM domain_event
                  HAVING max(global_index) IS NOT NULL
                  ON CONFLICT (only_one) DO %s\
                  """
                      .formatted(whenUnderWay))
              .param(OffsetDateTime.now(clock))
              .update();
      if (begun > 0) {
        jdbc.sql("UPDATE publication_token SET owner = NULL, token = NULL").update();
      }
    });
  }

  /** Whether the events that are published next were published before. */
  boolean isUnderWay() {
    return jdbc.sql("SELECT EXISTS (SELECT FROM republication)").query(Boolean.class).single();
  }

  /**
   * Everything up to the event with this index is published; call it in the transaction that moves
   * the token there.
   */
  void publishedUpTo(long index) {
    jdbc.sql("DELETE FROM republication WHERE up_to <= ?").param(index).update();
  }

  /** How far the publication is, on whichever instance it runs. */
  PublicationJson.Publication progress() {
    return jdbc.sql(
            """
            SELECT coalesce((convert_from(token, 'UTF8')::jsonb ->> 'index')::bigint, 0) AS published,
                   (SELECT coalesce(max(global_index), 0) FROM domain_event) AS total,
                   (SELECT begun_at FROM republication) AS begun_at
            FROM (VALUES (?, ?)) AS wanted (processor_name, segment)
            LEFT JOIN publication_token USING (processor_name, segment)\
            """)
        .params(PublicationPosition.NAME, PublicationPosition.SEGMENT)
        .query((row, _) ->
            PublicationJson.Publication.of(
                row.getLong("published"), row.getLong("total"), sinceBegun(row)))
        .single();
  }

  private @Nullable Duration sinceBegun(ResultSet row) throws SQLException {
    var begunAt = row.getObject("begun_at", OffsetDateTime.class);
    return begunAt == null ? null : Duration.between(begunAt.toInstant(), clock.instant());
  }
}
