package dev.orderflow.queryside.cache;

import static dev.orderflow.queryside.testing.VersionedRows.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.orderflow.platform.overview.MeterValues;
import dev.orderflow.platform.redis.RedisAutoConfiguration;
import dev.orderflow.platform.testing.TestServers;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.testing.TestRedis;
import dev.orderflow.queryside.testing.TextFormat;
import dev.orderflow.queryside.testing.VersionedRows;
import dev.orderflow.queryside.testing.WatchedRedis;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Redis behind Sentinel, found with the settings that {@code docs/caching.md} names. */
class FailOverIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<String> watched = new CopyOnWriteArrayList<>();

  @Test
  void reads_go_on_while_a_replica_takes_over_and_then_it_is_used() {
    assumeTrue(TestServers.chosen() == TestServers.EMBEDDED, "needs processes of its own");
    try (var redis = new WatchedRedis();
        var rows = new VersionedRows()) {
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisAutoConfiguration.class))
          .withUserConfiguration(CacheConfiguration.class)
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withBean(MeterValues.class)
          .withPropertyValues(
              "spring.data.redis.connect-timeout=500ms",
              "spring.data.redis.timeout=1s",
              "spring.data.redis.sentinel.master=" + WatchedRedis.NAME,
              "spring.data.redis.sentinel.nodes=127.0.0.1:" + redis.sentinelPort())
          .run(context -> {
            var view =
                CachedView.of(
                    "test",
                    rows,
                    new TextFormat("text", "view-" + UUID.randomUUID()),
                    watched::add,
                    context.getBean(CacheProperties.class),
                    context.getBean(RedisClient.class),
                    context.getBean(MeterRegistry.class),
                    Traces.none());
            view.start();
            try {
              failOver(redis, rows, view, context.getBean(MeterRegistry.class));
            } finally {
              view.stop();
            }
          });
    }
  }

  private void failOver(
      WatchedRedis redis, VersionedRows rows, CachedView<String> view, MeterRegistry meters) {
    rows.put("a", 1);
    await().atMost(LIMIT).until(() -> isConnected(meters));
    await().atMost(LIMIT).until(() -> info(redis.primary()).contains("state=online"));
    awaitAnnouncement(rows, view, 2);
    awaitAnswer(view, 2);
    try (var reader = new Reader(view)) {
      redis.primary().kill();
      rows.change(view, "a", 3);
      awaitAnswer(view, 3);
      rows.change(view, "a", 4);
      awaitAnswer(view, 4);

      await().atMost(LIMIT).until(() -> info(redis.replica()).contains("role:master"));
      await().atMost(LIMIT).until(() -> isConnected(meters));
      watched.clear();
      awaitAnnouncement(rows, view, 5);
      awaitAnswer(view, 5);
      var hits = hits(meters);
      await().atMost(LIMIT).until(() -> hits(meters) > hits);
      reader.assertNothingWrong();
    }
  }

  /** Told again as long as Redis has not been quick enough to take it. */
  private void awaitAnnouncement(VersionedRows rows, CachedView<String> view, long version) {
    await()
        .atMost(LIMIT)
        .until(() -> {
          rows.change(view, "a", version);
          return watched.contains("a");
        });
  }

  /** Reads all the time. */
  private static final class Reader implements AutoCloseable {
    private final AtomicLong reads = new AtomicLong();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean ended;

    Reader(CachedView<String> view) {
      Thread.startVirtualThread(() -> {
        try {
          var last = 0L;
          while (!ended) {
            var answer = view.get("a").get(10, TimeUnit.SECONDS);
            assertThat(answer.version()).isGreaterThanOrEqualTo(last);
            assertThat(answer).isEqualTo(value(answer.version()));
            last = answer.version();
            reads.incrementAndGet();
            Thread.yield();
          }
          end.complete(null);
        } catch (Throwable e) {
          end.completeExceptionally(e);
        }
      });
    }

    void assertNothingWrong() {
      ended = true;
      assertThat(end).succeedsWithin(LIMIT);
      assertThat(reads).hasPositiveValue();
    }

    @Override
    public void close() {
      ended = true;
    }
  }

  private static void awaitAnswer(CachedView<String> view, long version) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(view.get("a").get(10, TimeUnit.SECONDS)).isEqualTo(value(version)));
  }

  private static boolean isConnected(MeterRegistry meters) {
    return meters.get("orderflow.cache.l2.connected").gauge().value() == 1;
  }

  private static double hits(MeterRegistry meters) {
    return meters
        .get("orderflow.cache.reads")
        .tags("level", "l2", "result", "hit")
        .counter()
        .count();
  }

  private static String info(TestRedis redis) {
    try (var client = RedisClient.create("redis://127.0.0.1:" + redis.port());
        var operator = client.connect()) {
      return operator.sync().info("replication");
    }
  }
}
