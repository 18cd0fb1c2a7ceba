package dev.orderflow.gateway.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.Place;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** What has ended is known to all instances, and what ends is taken once. */
class EndedIdsIT {
  private final Instant until = Instant.now().plus(Duration.ofMinutes(1));
  private final Place place = new Place();
  private RedisServer redis;
  private RedisClient oneClient;
  private RedisClient otherClient;
  private EndedIds one;
  private EndedIds other;

  @BeforeEach
  void start() throws IOException {
    startRedis();
    oneClient = client();
    otherClient = client();
    one = instance(oneClient);
    other = instance(otherClient);
  }

  private void startRedis() throws IOException {
    redis = RedisServer.newRedisServer().port(place.port()).setting("save \"\"").build();
    redis.start();
  }

  private RedisClient client() {
    var client = RedisClient.create("redis://127.0.0.1:" + place.port());
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
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
    redis.stop();
    place.close();
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

    startRedis();

    await().until(() -> other.isEnded("code"));
    assertThat(other.end("code", until)).isFalse();
    assertThat(one.end("code", until)).isFalse();
  }
}
