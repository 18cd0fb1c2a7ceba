package dev.orderflow.bench;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.queryside.cache.CacheProperties;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.cache.ViewFormat;
import dev.orderflow.queryside.cache.ViewSource;
import dev.orderflow.queryside.testing.Database;
import dev.orderflow.queryside.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/** Three instances of the cache, with the settings of production, on PostgreSQL and Redis. */
final class CacheBenchmarks implements AutoCloseable {
  private static final CacheProperties SETTINGS =
      new CacheProperties(
          new CacheProperties.Local(10_000, Duration.ofSeconds(1), 10_000, Duration.ofSeconds(1)),
          new CacheProperties.Shared(
              Duration.ofMinutes(5),
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              Duration.ofMillis(200),
              Duration.ofMillis(50),
              Duration.ofMillis(250)),
          4,
          Duration.ofSeconds(1));
  private static final Duration BOUND = Duration.ofSeconds(2);
  private static final int INSTANCES = 3;
  private static final int READERS = 1_000;
  private static final int STAMPEDES = 20;
  private static final int CHANGES = 200;
  private static final double MILLI = 1e6;

  private final TestRedis redis = new TestRedis();
  private final HikariDataSource dataSource;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final AtomicInteger queries = new AtomicInteger();
  private final List<RedisClient> clients = new ArrayList<>();
  private final List<CachedView<String>> instances;

  /** Announces on another channel, where nobody listens: all its messages are lost. */
  private final CachedView<String> unheard;

  private CacheBenchmarks() {
    var pool = new HikariConfig();
    pool.setDataSource(new Database().migrated());
    dataSource = new HikariDataSource(pool);
    jdbc = JdbcClient.create(dataSource);
    transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    jdbc.sql("CREATE TABLE row (key text PRIMARY KEY, version bigint NOT NULL)").update();
    instances = IntStream.range(0, INSTANCES).mapToObj(_ -> start("changes")).toList();
    unheard = start("unheard");
  }

  private CachedView<String> start(String channel) {
    var client = RedisClient.create("redis://127.0.0.1:" + redis.port());
    clients.add(client);
    var meters = new SimpleMeterRegistry();
    ViewSource<String> source = this::read;
    var view =
        new CachedView<>(
            "bench",
            source,
            new Text(channel),
            _ -> {},
            SETTINGS,
            client,
            jdbc,
            transaction,
            meters);
    view.start();
    await()
        .until(() ->
            meters.get("orderflow.cache.l1.listening").gauge().value() == 1
                && meters.get("orderflow.cache.l2.trusted").gauge().value() == 1);
    return view;
  }

  private Map<String, Versioned<String>> read(Collection<String> keys) {
    queries.incrementAndGet();
    return jdbc
        .sql("SELECT key, version FROM row WHERE key = ANY (?)")
        .param(new SqlArrayValue("text", keys.toArray()))
        .query((row, _) -> Map.entry(row.getString("key"), value(row.getLong("version"))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Versioned<String> value(long version) {
    return new Versioned<>(version, "value " + version);
  }

  private void put(String key, long version) {
    jdbc.sql(
            """
            INSERT INTO row (key, version) VALUES (?, ?)
            ON CONFLICT (key) DO UPDATE SET version = EXCLUDED.version\
            """)
        .params(key, version)
        .update();
  }

  @Override
  public void close() {
    instances.forEach(CachedView::stop);
    unheard.stop();
    clients.forEach(RedisClient::close);
    redis.close();
    dataSource.close();
  }

  /** Many readers at once on one cold key, over all instances. */
  static List<Result> stampede() throws Exception {
    try (var bench = new CacheBenchmarks()) {
      var mostQueries = 0;
      var ratios = new ArrayList<Double>();
      for (var stampede = 0; stampede < STAMPEDES; stampede++) {
        var key = "cold-" + stampede;
        bench.put(key, 1);
        var bare = bench.nanosOfABareRead(key);
        bench.queries.set(0);
        ratios.add(bench.nanosOfAStampede(key) / bare);
        mostQueries = Math.max(mostQueries, bench.queries.get());
      }
      var times = new Figures(ratios);
      return List.of(
          new Result(
              "queries of the database for %,d readers at once of one cold key over %d instances, the most of %d times"
                  .formatted(READERS, INSTANCES, STAMPEDES),
              "1",
              Integer.toString(mostQueries)),
          new Result(
              "time until the last of them has the answer, of that of one bare query",
              "none",
              String.format(
                  Locale.ROOT, "%.0f (%.0f to %.0f)", times.median(), times.min(), times.max())));
    }
  }

  private double nanosOfABareRead(String key) {
    var times = new ArrayList<Double>();
    for (var i = 0; i < 50; i++) {
      var begun = System.nanoTime();
      read(List.of(key));
      times.add((double) (System.nanoTime() - begun));
    }
    return new Figures(times).median();
  }

  private double nanosOfAStampede(String key) throws Exception {
    var go = new CountDownLatch(1);
    var answers =
        IntStream.range(0, READERS)
            .mapToObj(reader -> {
              var answer = new CompletableFuture<Versioned<String>>();
              Thread.startVirtualThread(() -> {
                try {
                  go.await();
                  answer.complete(instances.get(reader % INSTANCES).get(key).get());
                } catch (Exception e) {
                  answer.completeExceptionally(e);
                }
              });
              return answer;
            })
            .toList();
    var begun = System.nanoTime();
    go.countDown();
    for (var answer : answers) {
      if (!answer.get().equals(value(1))) {
        throw new IllegalStateException("a wrong answer: " + answer.get());
      }
    }
    return System.nanoTime() - begun;
  }

  /** From the commit of a change until every instance answers with it. */
  static List<Result> staleness() throws Exception {
    try (var bench = new CacheBenchmarks()) {
      return List.of(
          bench.staleness(
              "from a change to the last of %d instances that answers with it".formatted(INSTANCES),
              "hot",
              bench.instances.getFirst(),
              CHANGES),
          bench.staleness(
              "the same, when the announcement is lost", "lost", bench.unheard, CHANGES / 10));
    }
  }

  private Result staleness(String measured, String key, CachedView<String> by, int changes)
      throws Exception {
    put(key, 1);
    var delays = new ArrayList<Double>();
    for (var version = 2; version < changes + 2; version++) {
      var next = (long) version;
      for (var instance : instances) {
        instance.get(key).get();
      }
      transaction.executeWithoutResult(_ -> {
        put(key, next);
        by.changed(new TreeMap<>(Map.of(key, next)));
      });
      var committed = System.nanoTime();
      for (var instance : instances) {
        while (instance.get(key).get().version() < next) {
          Thread.onSpinWait();
        }
      }
      delays.add((System.nanoTime() - committed) / MILLI);
    }
    var times = new Figures(delays);
    return new Result(
        measured,
        "below %d ms and a load".formatted(BOUND.toMillis()),
        String.format(
            Locale.ROOT,
            "median %.0f ms, 99 of 100 below %.0f ms, at most %.0f ms: %.2f of the bound",
            times.median(),
            times.at(0.99),
            times.max(),
            times.max() / BOUND.toMillis()));
  }

  private record Text(String channel) implements ViewFormat<String> {
    @Override
    public String name() {
      return "bench";
    }

    @Override
    public byte[] write(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String read(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String announce(Change change) {
      return change.key() + "@" + change.version();
    }

    @Override
    public Change hear(String message) {
      var at = message.lastIndexOf('@');
      return new Change(message.substring(0, at), Long.parseLong(message.substring(at + 1)));
    }
  }
}
