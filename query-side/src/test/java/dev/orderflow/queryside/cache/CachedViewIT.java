package dev.orderflow.queryside.cache;

import static dev.orderflow.queryside.testing.VersionedRows.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.testing.TestRedis;
import dev.orderflow.queryside.testing.TextFormat;
import dev.orderflow.queryside.testing.VersionedRows;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances with a cache each, on a real database and a real Redis, which fails. */
class CachedViewIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Nothing expires, and no answer of Redis is too late, on a busy machine too. */
  private static final CacheProperties NEVER =
      settings(Duration.ofHours(1), new CacheProperties.Shared(Duration.ofHours(1), LIMIT));

  private static final CacheProperties SOON =
      settings(
          Duration.ofMillis(300),
          new CacheProperties.Shared(Duration.ofSeconds(2), Duration.ofMillis(500)));

  private final TextFormat format =
      new TextFormat("text", "view-" + UUID.randomUUID() + "-invalidation");
  private final TestRedis redis = TestRedis.with();
  private final VersionedRows rows = new VersionedRows();
  private final List<Instance> instances = new ArrayList<>();

  @AfterEach
  void stop() {
    instances.forEach(Instance::stop);
    redis.close();
    rows.close();
  }

  private final class Instance {
    private final ClientResources resources =
        ClientResources.builder().reconnectDelay(Delay.constant(Duration.ofMillis(100))).build();
    private final RedisClient client =
        RedisClient.create(resources, "redis://127.0.0.1:" + redis.port());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> watched = new CopyOnWriteArrayList<>();
    private final CachedView<String> view;

    Instance(CacheProperties settings) {
      client.setOptions(
          ClientOptions.builder()
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      view =
          CachedView.of(
              "test", rows, format, watched::add, settings, client, meters, Traces.none());
      instances.add(this);
    }

    Instance start() {
      view.start();
      await().atMost(LIMIT).until(this::isConnected);
      return this;
    }

    boolean isConnected() {
      return meters.get("orderflow.cache.l2.connected").gauge().value() == 1;
    }

    double reads(String level, String result) {
      return meters
          .get("orderflow.cache.reads")
          .tags("level", level, "result", result)
          .counter()
          .count();
    }

    Versioned<String> get(String key) {
      return view.get(key).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    void stop() {
      view.stop();
      client.close();
      resources.shutdown(0, 0, TimeUnit.SECONDS);
    }
  }

  private Instance start(CacheProperties settings) {
    return new Instance(settings).start();
  }

  private static CacheProperties settings(Duration localExpiry, CacheProperties.Shared shared) {
    return new CacheProperties(
        new CacheProperties.Local(1_000, localExpiry), shared, 4, Duration.ofSeconds(5));
  }

  /** A row changes, as the projection changes one, through this instance. */
  private void change(Instance through, String key, long version) {
    rows.change(through.view, key, version);
  }

  private void awaitAll(String key, long version) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          for (var instance : instances) {
            assertThat(instance.get(key)).isEqualTo(value(version));
          }
        });
  }

  /** What an operator does in Redis. */
  private <T> T inRedis(Function<RedisCommands<String, String>, T> command) {
    try (var client = RedisClient.create("redis://127.0.0.1:" + redis.port());
        var connection = client.connect()) {
      return command.apply(connection.sync());
    }
  }

  @Test
  void a_change_reaches_the_memory_of_every_instance() {
    rows.put("a", 1);
    var one = start(NEVER);
    start(NEVER);
    start(NEVER);
    awaitAll("a", 1);

    change(one, "a", 2);

    awaitAll("a", 2);
    await("who watches is told")
        .atMost(LIMIT)
        .until(() -> instances.stream().allMatch(instance -> instance.watched.contains("a")));
  }

  @Test
  void what_is_in_memory_is_answered_at_once_and_asks_nobody() {
    rows.put("a", 1);
    var one = start(NEVER);
    one.get("a");
    var reads = rows.reads().get();

    for (var i = 0; i < 100; i++) {
      assertThat(one.view.get("a")).isCompletedWithValue(value(1));
    }

    assertThat(rows.reads()).hasValue(reads);
    assertThat(one.reads("l1", "hit")).isEqualTo(100);
  }

  @Test
  void a_stampede_on_a_cold_key_is_one_read_of_the_source_per_instance() throws Exception {
    rows.put("a", 1);
    for (var i = 0; i < 3; i++) {
      start(NEVER);
    }
    var go = new CountDownLatch(1);
    var readers =
        IntStream.range(0, 1_000)
            .mapToObj(reader -> {
              var answer = new CompletableFuture<Versioned<String>>();
              Thread.startVirtualThread(() -> {
                try {
                  go.await();
                  answer.complete(instances.get(reader % 3).get("a"));
                } catch (Throwable e) {
                  answer.completeExceptionally(e);
                }
              });
              return answer;
            })
            .toList();

    go.countDown();

    for (var reader : readers) {
      assertThat(reader.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(value(1));
    }
    assertThat(rows.reads()).hasValueBetween(1, 3);
  }

  @Test
  void several_keys_take_one_read_of_the_source_and_then_none() {
    rows.put("a", 1);
    rows.put("b", 2);
    var one = start(NEVER);
    var two = start(NEVER);
    var keys = List.of("a", "b", "none");

    var first = one.view.getAll(keys).orTimeout(20, TimeUnit.SECONDS).join();

    assertThat(first).isEqualTo(Map.of("a", value(1), "b", value(2), "none", Versioned.nothing(0)));
    assertThat(rows.reads()).hasValue(1);
    await().atMost(LIMIT).until(() -> inRedis(RedisCommands::dbsize) == 2);
    assertThat(two.view.getAll(List.of("a", "b")).join())
        .isEqualTo(Map.of("a", value(1), "b", value(2)));
    assertThat(rows.reads()).as("the other instance finds them in Redis").hasValue(1);
  }

  @Test
  void a_change_that_is_rolled_back_is_not_announced() {
    rows.put("a", 1);
    var one = start(NEVER);
    awaitAll("a", 1);
    rows.transaction()
        .executeWithoutResult(status -> {
          one.view.changed(Map.of("a", value(2)));
          status.setRollbackOnly();
        });
    change(one, "b", 1);

    await().atMost(LIMIT).until(() -> one.watched.contains("b"));
    assertThat(one.watched).containsOnly("b");
    assertThat(one.get("a")).isEqualTo(value(1));
  }

  @Test
  void what_a_process_that_died_has_told_nobody_is_seen_when_the_old_has_expired() {
    rows.put("a", 1);
    start(SOON);
    start(SOON);
    awaitAll("a", 1);

    rows.put("a", 2);

    awaitAll("a", 2);
  }

  @Test
  void a_change_is_in_redis_before_it_is_asked_for() {
    rows.put("a", 1);
    var one = start(NEVER);
    awaitAll("a", 1);
    var reads = rows.reads().get();

    change(one, "a", 2);

    awaitAll("a", 2);
    assertThat(rows.reads()).as("nobody has read the row").hasValue(reads);
  }

  @Test
  void a_load_that_has_read_what_was_before_a_change_does_not_survive_it() throws Exception {
    rows.put("a", 1);
    var one = start(NEVER);
    var read = rows.pauseNextRead();
    var load = one.view.get("a");
    read.awaitBegun();

    change(one, "a", 2);
    await().atMost(LIMIT).until(() -> one.watched.contains("a"));
    assertThat(one.get("a")).isEqualTo(value(2));
    read.goOn();

    assertThat(load.get(LIMIT.toSeconds(), TimeUnit.SECONDS).version()).isBetween(1L, 2L);
    assertThat(one.get("a")).isEqualTo(value(2));
  }

  @Test
  void a_message_that_was_lost_is_healed_by_the_expiry_of_what_is_in_memory() {
    rows.put("a", 1);
    start(SOON);
    start(SOON);
    awaitAll("a", 1);

    rows.put("a", 2);
    inRedis(RedisCommands::flushall);

    awaitAll("a", 2);
  }

  @Test
  void reading_announces_nothing() {
    IntStream.range(0, 50).forEach(key -> rows.put("key-" + key, 1));
    var one = start(SOON);
    var two = start(SOON);
    for (var key = 0; key < 50; key++) {
      one.get("key-" + key);
      two.get("key-" + key);
    }
    change(one, "last", 1);

    await().atMost(LIMIT).until(() -> two.watched.contains("last"));
    assertThat(two.watched).containsOnly("last");
  }

  @Test
  void without_redis_answers_are_right_and_afterwards_it_is_used_again() {
    rows.put("a", 1);
    var one = start(SOON);
    start(SOON);
    awaitAll("a", 1);

    redis.kill();
    await().atMost(LIMIT).until(() -> !one.isConnected());
    change(one, "a", 2);
    awaitAll("a", 2);
    change(one, "a", 3);
    awaitAll("a", 3);

    redis.start();
    await().atMost(LIMIT).until(one::isConnected);
    change(one, "a", 4);
    awaitAll("a", 4);
    var hits = one.reads("l2", "hit");
    await().atMost(LIMIT).until(() -> one.get("a") != null && one.reads("l2", "hit") > hits);
  }

  @Test
  void a_redis_that_comes_later_than_the_instance_is_used_when_it_comes() {
    rows.put("a", 1);
    redis.kill();
    var one = new Instance(NEVER);
    one.view.start();
    assertThat(one.get("a")).isEqualTo(value(1));

    redis.start();

    await().atMost(LIMIT).until(one::isConnected);
    change(one, "a", 2);
    awaitAll("a", 2);
  }

  @Test
  void while_redis_hangs_answers_are_right_and_afterwards_nothing_old_comes_up() {
    rows.put("a", 1);
    var one = start(SOON);
    start(SOON);
    awaitAll("a", 1);

    redis.hang();
    try {
      change(one, "a", 2);
      awaitAll("a", 2);
      await().atMost(LIMIT).until(() -> !one.isConnected());
      awaitAll("a", 2);
    } finally {
      redis.goOn();
    }

    awaitAll("a", 2);
    await().atMost(LIMIT).until(one::isConnected);
    change(one, "a", 3);
    awaitAll("a", 3);
  }

  @Test
  void a_redis_that_was_emptied_is_filled_again() {
    rows.put("a", 1);
    var one = start(SOON);
    awaitAll("a", 1);

    inRedis(RedisCommands::flushall);
    change(one, "a", 2);

    awaitAll("a", 2);
    var hits = one.reads("l2", "hit");
    await().atMost(LIMIT).until(() -> one.get("a") != null && one.reads("l2", "hit") > hits);
  }

  @Test
  void what_was_changed_while_nothing_was_heard_is_seen_in_time() {
    rows.put("a", 1);
    var one = start(SOON);
    start(SOON);
    awaitAll("a", 1);

    for (var version = 2; version <= 6; version++) {
      inRedis(commands -> commands.clientKill(KillArgs.Builder.typePubsub()));
      change(one, "a", version);
      awaitAll("a", version);
    }
    var heard = one.watched.size();
    await()
        .atMost(LIMIT)
        .until(() -> {
          change(one, "b", 1);
          return one.watched.size() > heard;
        });
  }

  @Test
  void an_unknown_key_is_remembered_and_seen_as_soon_as_it_is_there() {
    var one = start(NEVER);
    start(NEVER);
    assertThat(instances.get(0).get("new")).isEqualTo(Versioned.nothing(0));
    assertThat(instances.get(1).get("new")).isEqualTo(Versioned.nothing(0));
    var reads = rows.reads().get();
    one.get("new");
    assertThat(rows.reads()).as("remembered as unknown").hasValue(reads);

    change(one, "new", 1);

    awaitAll("new", 1);
  }

  @Test
  void random_keys_fill_neither_redis_nor_memory_and_do_not_flood_the_source() {
    var one = start(NEVER);
    var answers = IntStream.range(0, 5_000).mapToObj(key -> one.view.get("random-" + key)).toList();

    var answered = 0;
    for (var answer : answers) {
      try {
        assertThat(answer.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(Versioned.nothing(0));
        answered++;
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(OverloadedException.class);
      }
    }
    assertThat(answered).isPositive();

    assertThat(rows.mostAtOnce()).isLessThanOrEqualTo(4);
    assertThat(one.meters.get("orderflow.cache.l1.size").gauge().value())
        .isLessThanOrEqualTo(1_000);
    await().atMost(LIMIT).until(() -> inRedis(RedisCommands::dbsize) == 0);
  }

  @Test
  void who_was_shown_a_row_is_not_answered_what_was_before() {
    rows.put("a", 1);
    var one = start(NEVER);
    one.get("a");
    rows.put("a", 2);

    one.view.seen("a", 2);

    assertThat(one.get("a")).isEqualTo(value(2));
  }
}
