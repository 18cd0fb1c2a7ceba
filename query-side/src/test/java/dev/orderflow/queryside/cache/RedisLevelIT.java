package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.testing.TestRedis;
import dev.orderflow.queryside.testing.TextFormat;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

/** The script and the connections, on a real server. */
class RedisLevelIT extends RedisContract {
  private static final CacheProperties.Shared SETTINGS =
      new CacheProperties.Shared(LIFE, Duration.ofSeconds(5));

  private final String cache = "it-" + UUID.randomUUID();
  private final TextFormat format = new TextFormat("text", cache + "-invalidation");
  private final List<ViewFormat.Change> announced = new CopyOnWriteArrayList<>();
  private final List<Level> levels = new ArrayList<>();
  private Level shared;

  private final class Level {
    private final RedisClient client;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RedisLevel<String> level;

    Level(TestRedis redis, TextFormat format, CacheProperties.Shared settings) {
      client =
          RedisClient.create(
              RedisURI.builder()
                  .withHost("127.0.0.1")
                  .withPort(redis.port())
                  .withTimeout(Duration.ofMillis(500))
                  .build());
      client.setOptions(
          ClientOptions.builder()
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      level =
          new RedisLevel<>(
              cache, client, format, settings, new CacheMeters(meters, cache), Traces.none());
      level.start(announced::add);
      levels.add(this);
      await().until(this::isConnected);
    }

    boolean isConnected() {
      return meters.get("orderflow.cache.l2.connected").gauge().value() == 1;
    }

    double failures() {
      return meters.get("orderflow.cache.failures").counter().count();
    }
  }

  @BeforeEach
  void connect() {
    shared = new Level(TestRedis.shared(), format, SETTINGS);
  }

  @AfterEach
  void disconnect() {
    levels.forEach(each -> {
      each.level.stop();
      each.client.close();
    });
  }

  @Override
  Map<String, Versioned<String>> read(List<String> keys) {
    return shared.level.read(keys);
  }

  @Override
  void keep(Map<String, Versioned<String>> rows, Duration age) {
    shared.level.keep(rows, shared.level.time() - age.toMillis());
  }

  @Test
  void changes_are_announced_when_they_can_be_read_and_loads_are_not() {
    keep(Map.of("a", value(5)), Duration.ZERO);
    shared.level.announce(Map.of("a", value(6), "b", Versioned.nothing(7)), shared.level.time());

    await().until(() -> announced.size() == 2);
    assertThat(read(List.of("a", "b"))).isEqualTo(Map.of("a", value(6)));
    assertThat(announced)
        .containsExactlyInAnyOrder(new ViewFormat.Change("a", 6), new ViewFormat.Change("b", 7));
  }

  @Test
  void what_a_stranger_has_written_costs_nobody_but_its_own_key() {
    setAsAStranger("strange", "nonsense");

    keep(Map.of("a", value(5)), Duration.ZERO);
    assertThat(read(List.of("a", "strange"))).isEqualTo(Map.of("a", value(5)));
    assertThat(shared.isConnected()).isTrue();

    shared.level.announce(Map.of("strange", value(6), "a", value(6)), shared.level.time());
    await().until(() -> announced.size() == 2);
    assertThat(read(List.of("a", "strange"))).isEqualTo(Map.of("a", value(6), "strange", value(6)));
  }

  @Test
  void a_change_is_announced_though_it_is_too_late_to_keep_it() {
    shared.level.announce(Map.of("a", value(6)), shared.level.time() - LIFE.toMillis());

    await().until(() -> announced.equals(List.of(new ViewFormat.Change("a", 6))));
    assertThat(read(List.of("a"))).isEmpty();
  }

  @Test
  void no_reader_sees_a_version_go_back_while_several_write() throws Exception {
    keep(Map.of("raced", value(1)), Duration.ZERO);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (var writer = 0; writer < 3; writer++) {
        var random = new Random(writer);
        writers.add(
            threads.submit(() -> {
              for (var version = 1; version <= 300; version++) {
                keep(Map.of("raced", value(1 + random.nextInt(version))), Duration.ZERO);
                read(List.of("raced"));
              }
            }));
      }
      var last = 1L;
      while (!writers.stream().allMatch(Future::isDone)) {
        var entry = read(List.of("raced")).get("raced");
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
  void a_release_reads_only_what_its_own_format_has_written() {
    keep(Map.of("a", value(5)), Duration.ZERO);
    var later = new Level(TestRedis.shared(), new TextFormat("later", format.channel()), SETTINGS);

    assertThat(later.level.read(List.of("a"))).isEmpty();
    later.level.keep(Map.of("a", value(6)), later.level.time());

    assertThat(later.level.read(List.of("a"))).containsEntry("a", value(6));
    assertThat(read(List.of("a"))).containsEntry("a", value(5));
  }

  @Test
  void an_entry_that_makes_no_sense_is_not_read() {
    setAsAStranger("a", "nonsense");

    assertThat(read(List.of("a"))).isEmpty();
  }

  @Test
  void what_waits_until_a_server_goes_on_that_hung_is_not_kept_for_longer() {
    try (var redis = TestRedis.with()) {
      var own =
          new Level(
              redis,
              format,
              new CacheProperties.Shared(Duration.ofMillis(500), Duration.ofSeconds(1)));
      redis.hang();
      try {
        own.level.announce(Map.of("a", value(5)), own.level.time());
        await().pollDelay(Duration.ofMillis(600)).until(() -> !own.isConnected());
      } finally {
        redis.goOn();
      }

      await().until(() -> announced.contains(new ViewFormat.Change("a", 5)) && own.isConnected());
      assertThat(own.level.read(List.of("a"))).isEmpty();
    }
  }

  @Test
  void a_connection_whose_other_end_has_long_been_silent_is_given_up_and_made_anew() {
    try (var redis = TestRedis.with()) {
      var own = new Level(redis, format, new CacheProperties.Shared(LIFE, Duration.ofMillis(50)));
      var before = clients(redis);

      redis.hang();
      try {
        // Some may have come too late before.
        var failures = own.failures();
        await().until(() -> !own.isConnected());
        // Eight times without an answer.
        await().until(() -> own.failures() > failures + 8);
      } finally {
        redis.goOn();
      }
      await().until(own::isConnected);

      assertThat(clients(redis)).doesNotContainAnyElementsOf(before);
    }
  }

  private void setAsAStranger(String key, String entry) {
    try (var client = RedisClient.create("redis://127.0.0.1:" + TestRedis.shared().port());
        var stranger = client.connect()) {
      stranger.sync().set("orderflow:" + cache + ":text:" + key, entry);
    }
  }

  private static List<String> clients(TestRedis redis) {
    try (var client = RedisClient.create("redis://127.0.0.1:" + redis.port());
        var operator = client.connect()) {
      var own = Long.toString(operator.sync().clientId());
      return operator
          .sync()
          .clientList()
          .lines()
          .map(line -> line.replaceAll("^id=(\\d+) .*", "$1"))
          .filter(id -> !id.equals(own))
          .toList();
    }
  }
}
