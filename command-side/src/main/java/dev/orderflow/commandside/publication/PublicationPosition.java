package dev.orderflow.commandside.publication;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
 * token store, that only its owner moves. An owner that does not renew its claim in time loses it
 * to another instance.
 */
final class PublicationPosition {
  static final String NAME = "publication";
  static final int SEGMENT = 0;

  /** After how long without a renewal another instance may claim it. */
  static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(4);

  private final JdbcClient jdbc;
  private final Serializer serializer;
  private final Clock clock;
  private final String owner = UUID.randomUUID().toString();

  PublicationPosition(JdbcClient jdbc, Serializer serializer, Clock clock) {
    this.jdbc = jdbc;
    this.serializer = serializer;
    this.clock = clock;
  }

  /** Another instance publishes, or everything is to be published again. */
  static final class NotClaimedException extends RuntimeException {
    NotClaimedException() {
      super("this instance has no claim on the publication", null, false, false);
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
    var now = clock.instant();
    return jdbc.sql(
            """
            UPDATE publication_token SET owner = ?, recorded_at = ?
            WHERE processor_name = ? AND segment = ?
              AND (owner IS NULL OR owner = ? OR recorded_at < ?)
            RETURNING coalesce(token, ''::bytea)\
            """)
        .param(owner)
        .param(DateTimeUtils.formatInstant(now))
        .param(NAME)
        .param(SEGMENT)
        .param(owner)
        .param(DateTimeUtils.formatInstant(now.minus(CLAIM_TIMEOUT)))
        .query(byte[].class)
        .optional()
        .map(this::read)
        .orElseThrow(NotClaimedException::new)
        .orElse(null);
  }

  private Optional<TrackingToken> read(byte[] token) {
    return token.length == 0
        ? Optional.empty()
        : Optional.of(
            serializer.deserialize(
                new SimpleSerializedObject<>(
                    token, byte[].class, GapAwareTrackingToken.class.getName(), null)));
  }

  /**
   * Moves it, which also renews the claim. The commit does not wait for the disk: what is lost with
   * it is published again.
   *
   * @param token null for the beginning
   * @throws NotClaimedException when it is no longer this instance's
   */
  void move(@Nullable TrackingToken token) {
    var rows =
        jdbc.sql(
                """
                WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
                UPDATE publication_token SET token = ?, token_type = ?, recorded_at = ?
                FROM quick WHERE processor_name = ? AND segment = ? AND owner = ?\
                """)
            .param(token == null ? null : serializer.serialize(token, byte[].class).getData())
            .param(GapAwareTrackingToken.class.getName())
            .param(DateTimeUtils.formatInstant(clock.instant()))
            .param(NAME)
            .param(SEGMENT)
            .param(owner)
            .update();
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
}
