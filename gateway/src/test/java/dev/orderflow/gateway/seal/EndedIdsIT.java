package dev.orderflow.gateway.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.RunningRedis;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What has ended is known to all instances, and what ends is taken once. */
class EndedIdsIT {
  /** As the gateway's client has it. */
  private static final int MOST_QUEUED = 10_000;

  private final Instant until = Instant.now().plus(Duration.ofMinutes(1));
  private RunningRedis redis;
  private RedisClient oneClient;
  private RedisClient otherClient;
  private EndedIds one;
  private EndedIds other;

  @BeforeEach
  void start() throws IOException {
    redis = new RunningRedis();
    redis.start();
    oneClient = client();
    otherClient = client();
    one = instance(oneClient);
    other = instance(otherClient);
  }

  private RedisClient client() {
    var client = RedisClient.create(redis.url());
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_QUEUED)
            .build());
    return client;
  }

  private static EndedIds instance(RedisClient client) {
    return new EndedIds(client, Duration.ofSeconds(5), InstantSource.system());
  }

  @AfterEach
  void stop() throws IOException {
    oneClient.shutdown();
    otherClient.shutdown();
    redis.close();
  }

  /** An instance that connects tells what has ended on it: also the id that is just ending. */
  @Test
  void an_id_ends_once_on_all_instances_together() {
    assertThat(one.end("code", until)).isTrue();

    assertThat(one.end("code", until)).isFalse();
    assertThat(other.isEnded("code")).isTrue();
    assertThat(other.end("code", until)).isFalse();
  }

  @Test
  void what_ends_while_redis_is_away_is_told_when_it_is_back() throws IOException {
    assertThat(one.isEnded("code")).isFalse();
    redis.stop();
    assertThat(one.end("code", until)).isTrue();

    redis.start();

    await().until(() -> other.isEnded("code"));
    assertThat(other.end("code", until)).isFalse();
    assertThat(one.end("code", until)).isFalse();
  }

  @Test
  void all_that_has_ended_is_told_when_redis_is_back_however_much_it_is() throws IOException {
    var later = until.plus(Duration.ofHours(1));
    assertThat(one.isEnded("session")).isFalse();
    redis.stop();
    for (var session = 0; session < 2 * MOST_QUEUED; session++) {
      one.end("session-" + session, later);
    }

    redis.start();

    try (var connection = otherClient.connect()) {
      await()
          .untilAsserted(() -> assertThat(connection.sync().dbsize()).isEqualTo(2 * MOST_QUEUED));
    }
  }
}
