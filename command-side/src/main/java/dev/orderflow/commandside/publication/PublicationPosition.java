package dev.orderflow.commandside.publication;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far the events are published, and which instance publishes: one row, in the form of Axon's
 * token store, that only its owner moves. An owner that shows no sign of life loses it to another
 * instance.
 */
final class PublicationPosition {
  static final String NAME = "publication";
  static final int SEGMENT = 0;

  private final JdbcClient jdbc;
  private final Serializer serializer;
  private final Duration claimTimeout;
  private final Clock clock;
  private final String owner = UUID.randomUUID().toString();

  /**
   * @param claimTimeout after how long without a sign of life another instance may claim it
   */
  PublicationPosition(JdbcClient jdbc, Serializer serializer, Duration claimTimeout, Clock clock) {
    this.jdbc = jdbc;
    this.serializer = serializer;
    this.claimTimeout = claimTimeout;
    this.clock = clock;
  }

  /** Another instance publishes. */
  static final class NotClaimedException extends RuntimeException {
    private NotClaimedException() {
      super("another instance publishes", null, false, false);
    }
  }

  /**
   * Makes it this instance's.
   *
   * @return null when nothing is published yet
   * @throws NotClaimedException when it is another one's
   */
  @Nullable TrackingToken claim() {
    jdbc.sql(
            """
            INSERT INTO publication_token (processor_name, segment) VALUES (?, ?)
            ON CONFLICT DO NOTHING\
            """)
        .params(NAME, SEGMENT)
        .update();
    var tokens =
        jdbc.sql(
                """
                UPDATE publication_token SET owner = ?, recorded_at = ?
                WHERE processor_name = ? AND segment = ?
                  AND (owner IS NULL OR owner = ? OR recorded_at < ?)
                RETURNING token\
                """)
            .param(owner)
            .param(now())
            .param(NAME)
            .param(SEGMENT)
            .param(owner)
            .param(DateTimeUtils.formatInstant(clock.instant().minus(claimTimeout)))
            .query((row, _) -> new Claimed(row.getBytes("token")))
            .list();
    if (tokens.isEmpty()) {
      throw new NotClaimedException();
    }
    return read(tokens.getFirst().token());
  }

  @SuppressWarnings("ArrayRecordComponent") // It only carries the bytes.
  private record Claimed(byte @Nullable [] token) {}

  private @Nullable TrackingToken read(byte @Nullable [] token) {
    return token == null
        ? null
        : serializer.deserialize(
            new SimpleSerializedObject<>(
                token, byte[].class, GapAwareTrackingToken.class.getName(), null));
  }

  /**
   * Moves it on. The commit does not wait for the disk: what is lost with it is published again.
   *
   * @param token null for the beginning
   * @throws NotClaimedException when it is no longer this instance's
   */
  void move(@Nullable TrackingToken token) {
    var stored = token == null ? null : serializer.serialize(token, byte[].class);
    requireOwned(
        jdbc.sql(
                """
                WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
                UPDATE publication_token SET token = ?, token_type = ?, recorded_at = ?
                FROM quick WHERE processor_name = ? AND segment = ? AND owner = ?\
                """)
            .param(stored == null ? null : stored.getData())
            .param(stored == null ? null : stored.getType().getName())
            .param(now())
            .param(NAME)
            .param(SEGMENT)
            .param(owner)
            .update());
  }

  /**
   * Shows a sign of life.
   *
   * @throws NotClaimedException when it is no longer this instance's
   */
  void extendClaim() {
    requireOwned(
        jdbc.sql(
                """
                WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
                UPDATE publication_token SET recorded_at = ?
                FROM quick WHERE processor_name = ? AND segment = ? AND owner = ?\
                """)
            .params(now(), NAME, SEGMENT, owner)
            .update());
  }

  private static void requireOwned(int rows) {
    if (rows == 0) {
      throw new NotClaimedException();
    }
  }

  /** Leaves it to another instance. */
  void release() {
    jdbc.sql(
            """
            UPDATE publication_token SET owner = NULL
            WHERE processor_name = ? AND segment = ? AND owner = ?\
            """)
        .params(NAME, SEGMENT, owner)
        .update();
  }

  private String now() {
    return DateTimeUtils.formatInstant(clock.instant());
  }
}
