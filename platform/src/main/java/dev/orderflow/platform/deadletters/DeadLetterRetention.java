package dev.orderflow.platform.deadletters;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Drops letters that nobody needs any more, so that their number stays bounded. */
final class DeadLetterRetention {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRetention.class);
  private static final int MAX_FOREIGN = 1_000;
  private static final int MAX_ENDED = 10_000;
  private static final Duration SHOW_ENDED = Duration.ofDays(30);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final MeterRegistry meters;
  private final int maxForeign;
  private final int maxEnded;

  @Autowired
  DeadLetterRetention(JdbcClient jdbc, Clock clock, MeterRegistry meters) {
    this(jdbc, clock, meters, MAX_FOREIGN, MAX_ENDED);
  }

  DeadLetterRetention(
      JdbcClient jdbc, Clock clock, MeterRegistry meters, int maxForeign, int maxEnded) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.meters = meters;
    this.maxForeign = maxForeign;
    this.maxEnded = maxEnded;
  }

  /** Drops the oldest letters of strangers, for which nothing waits. */
  void dropForeign(String source) {
    var dropped =
        jdbc.sql(
                """
                DELETE FROM dead_letter WHERE id IN (
                  SELECT id FROM dead_letter
                  WHERE source = ? AND refusal = 'FOREIGN' AND ended IS NULL
                  ORDER BY id DESC OFFSET ?)\
                """)
            .params(source, maxForeign)
            .update();
    meters.counter("orderflow.dead.letters.dropped", "source", source).increment(dropped);
    if (dropped > 0) {
      LOG.warn(
          "{} drops the {} oldest of more than {} records that are no events of ours",
          source,
          dropped,
          maxForeign);
    }
  }

  /**
   * Forgets what came to its end long ago. Of a discarded record its name stays, so that no rebuild
   * brings it up again.
   */
  void forgetEnded() {
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
        .param("before", clock.instant().minus(SHOW_ENDED).atOffset(ZoneOffset.UTC))
        .param("most", maxEnded)
        .update();
  }
}
