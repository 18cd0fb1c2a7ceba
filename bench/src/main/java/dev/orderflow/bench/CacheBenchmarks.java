package dev.orderflow.bench;

import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.cache.CacheProperties;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.testing.TestRedis;
import dev.orderflow.queryside.testing.TextFormat;
import dev.orderflow.queryside.testing.VersionedRows;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

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

  private final TestRedis redis = TestRedis.with();
  private final VersionedRows rows = new VersionedRows();
  private final List<RedisClient> clients = new ArrayList<>();
  private final List<CachedView<String>> instances;

  /** Announces on another channel, where nobody listens: all its messages are lost. */
  private final CachedView<String> unheard;

  private CacheBenchmarks() {
    instances = IntStream.range(0, INSTANCES).mapToObj(_ -> start("changes")).toList();
    unheard = start("unheard");
  }

  private CachedView<String> start(String channel) {
    var client = RedisClient.create("redis://127.0.0.1:" + redis.port());
    clients.add(client);
    var meters = new SimpleMeterRegistry();
    var view =
        new CachedView<>(
            "bench",
            rows,
            new TextFormat("text", channel),
            _ -> {},
            SETTINGS,
            client,
            rows.jdbc(),
            rows.transaction(),
            meters);
    view.start();
    await()
        .until(() ->
            meters.get("orderflow.cache.l1.listening").gauge().value() == 1
                && meters.get("orderflow.cache.l2.trusted").gauge().value() == 1);
    return view;
  }

  @Override
  public void close() {
    instances.forEach(CachedView::stop);
    unheard.stop();
    clients.forEach(RedisClient::close);
    redis.close();
    rows.close();
  }

  /** Many readers at once on one cold key, over all instances. */
  static List<Result> stampede() throws Exception {
    try (var bench = new CacheBenchmarks()) {
      var mostQueries = 0;
      var ratios = new ArrayList<Double>();
      for (var stampede = 0; stampede < STAMPEDES; stampede++) {
        var key = "cold-" + stampede;
        bench.rows.put(key, 1);
        var bare = bench.nanosOfABareRead(key);
        bench.rows.reads().set(0);
        ratios.add(bench.nanosOfAStampede(key) / bare);
        mostQueries = Math.max(mostQueries, bench.rows.reads().get());
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
      rows.read(List.of(key));
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
      if (!answer.get().equals(VersionedRows.value(1))) {
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
    rows.put(key, 1);
    var delays = new ArrayList<Double>();
    for (var version = 2; version < changes + 2; version++) {
      var next = (long) version;
      for (var instance : instances) {
        instance.get(key).get();
      }
      rows.change(by, key, next);
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
}
