package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.cache.SharedLevel.Found;
import dev.orderflow.queryside.testing.TestRedis;
import dev.orderflow.queryside.testing.TextFormat;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scripts, on a real server. */
class RedisLevelIT extends SharedLevelContract {
  private static final CacheProperties.Shared SETTINGS =
      new CacheProperties.Shared(
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          Duration.ofMillis(LEASE_MILLIS),
          Duration.ofSeconds(1),
          Duration.ofMillis(50),
          Duration.ofMillis(250));

  private final String cache = "it-" + UUID.randomUUID();
  private final TextFormat format = new TextFormat("text", cache + "-invalidation");
  private final List<ViewFormat.Change> announced = new CopyOnWriteArrayList<>();
  private RedisClient client;
  private RedisLink link;
  private StatefulRedisConnection<String, String> operator;
  private RedisLevel<String> shared;

  @BeforeEach
  void connect() throws Exception {
    client = RedisClient.create("redis://127.0.0.1:" + TestRedis.shared().port());
    operator = client.connect();
    link = new RedisLink(client, SETTINGS.timeout());
    link.connect();
    shared = level(link, format);
    new Announcements(client, format, SETTINGS.timeout(), new Heard(announced)).connect();
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  private record Heard(List<ViewFormat.Change> announced) implements Announcements.Listener {
    @Override
    public void changed(ViewFormat.Change change) {
      announced.add(change);
    }

    @Override
    public void listening() {}

    @Override
    public void deaf() {}
  }

  @Override
  SharedLevel<String> shared() {
    return shared;
  }

  @Override
  void evict(String key) {
    assertThat(operator.sync().del(name("entry", key))).isEqualTo(1);
  }

  @Override
  List<ViewFormat.Change> announced() {
    return announced;
  }

  @Override
  void leaseTimePasses() {
    await().until(() -> operator.sync().exists(name("lease", "a")) == 0);
  }

  private RedisLevel<String> level(RedisLink over, TextFormat with) {
    return new RedisLevel<>(cache, over, CircuitBreaker.ofDefaults("it"), with, SETTINGS);
  }

  private String name(String kind, String key) {
    return "orderflow:%s:%s:%s:%s".formatted(cache, link.session().run(), kind, key);
  }

  @Test
  void who_comes_at_once_gets_one_lease_between_them() throws Exception {
    var callers = new ArrayList<Future<Found<String>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 200; i++) {
        var owner = "owner " + i;
        callers.add(threads.submit(() -> read("hot", owner)));
      }
    }
    var leases = 0;
    for (var caller : callers) {
      leases += caller.get() instanceof Found.Leased ? 1 : 0;
    }
    assertThat(leases).isEqualTo(1);
  }

  @Test
  void no_reader_sees_a_version_go_back_while_several_write_and_fill() throws Exception {
    filled("raced", 1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (var writer = 0; writer < 3; writer++) {
        var random = new Random(writer);
        writers.add(
            threads.submit(() -> {
              for (var version = 1; version <= 300; version++) {
                shared.write(Map.of("raced", value(1 + random.nextInt(version))));
                shared.fill(Map.of("raced", value(1)), "nobody");
              }
              return null;
            }));
      }
      var last = 1L;
      while (!writers.stream().allMatch(Future::isDone)) {
        var entry = ((Found.Entry<String>) read("raced", "reader")).entry();
        assertThat(entry.version()).isGreaterThanOrEqualTo(last);
        assertThat(entry).isEqualTo(value(entry.version()));
        last = entry.version();
      }
      for (var writer : writers) {
        writer.get();
      }
      assertThat(last).isGreaterThan(1);
    }
  }

  @Test
  void releases_with_other_formats_move_each_others_entries_and_read_their_own() throws Exception {
    var later = level(link, new TextFormat("later", format.channel()));
    filled("a", 5);
    assertThatThrownBy(() -> later.read(List.of("a"), "x"))
        .isInstanceOf(SharedLevelException.class);

    later.write(Map.of("a", value(6)));

    assertThat(later.read(List.of("a"), "x")).containsEntry("a", new Found.Entry<>(value(6)));
    assertThatThrownBy(() -> read("a", "x")).isInstanceOf(SharedLevelException.class);
  }

  @Test
  void a_connection_whose_other_end_has_long_been_silent_is_given_up_and_made_anew() {
    try (var redis = TestRedis.with();
        var own = RedisClient.create("redis://127.0.0.1:" + redis.port())) {
      var ownLink = new RedisLink(own, Duration.ofMillis(100));
      await().untilAsserted(ownLink::connect);
      var first = ownLink.session();

      redis.hang();
      try {
        await()
            .until(() -> {
              assertThatThrownBy(ownLink::connect).isInstanceOf(SharedLevelException.class);
              return ownLink.session() == null;
            });
      } finally {
        redis.goOn();
      }
      await().untilAsserted(ownLink::connect);

      assertThat(ownLink.isUnbroken(first)).isFalse();
    }
  }

  @Test
  void an_entry_that_makes_no_sense_is_not_read() {
    operator.sync().set(name("entry", "a"), "nonsense");

    assertThatThrownBy(() -> read("a", "x")).isInstanceOf(SharedLevelException.class);
  }

  @Test
  void an_entry_ends_some_day() throws Exception {
    filled("a", 5);

    assertThat(operator.sync().pttl(name("entry", "a")))
        .isPositive()
        .isLessThanOrEqualTo(SETTINGS.expiry().toMillis());
  }

  @Test
  void what_was_there_before_a_restart_is_not_seen_even_if_the_server_has_kept_it()
      throws Exception {
    try (var redis = TestRedis.with("--appendonly", "yes", "--appendfsync", "always");
        var own = RedisClient.create("redis://127.0.0.1:" + redis.port())) {
      var ownLink = new RedisLink(own, SETTINGS.timeout());
      await().untilAsserted(ownLink::connect);
      var kept = level(ownLink, format);
      kept.read(List.of("a"), "one");
      kept.fill(Map.of("a", value(5)), "one");

      redis.kill();
      await().until(() -> ownLink.session() == null);
      assertThatThrownBy(() -> kept.read(List.of("a"), "one"))
          .isInstanceOf(SharedLevelException.class);
      redis.start();
      await().untilAsserted(ownLink::connect);

      assertThat(own.connect().sync().keys("*:entry:a")).hasSize(1);
      assertThat(kept.read(List.of("a"), "two")).containsEntry("a", new Found.Leased<>());
    }
  }
}
