package dev.orderflow.bench;

import static org.awaitility.Awaitility.await;

import dev.orderflow.bench.measurement.Figures;
import dev.orderflow.bench.measurement.Result;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.cache.CacheProperties;
import dev.orderflow.queryside.cache.CachedView;
import dev.orderflow.queryside.cache.Versioned;
import dev.orderflow.queryside.testing.TestRedis;
import dev.orderflow.queryside.testing.TextFormat;
import dev.orderflow.queryside.testing.VersionedRows;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Three instances of the cache, with the settings of production, on PostgreSQL and Redis. */
final class CacheBenchmarks implements AutoCloseable {
  private static final CacheProperties SETTINGS =
      new CacheProperties(
          new CacheProperties.Local(10_000, Duration.ofSeconds(1)),
          new CacheProperties.Shared(Duration.ofSeconds(2), Duration.ofMillis(100)),
          4,
          Duration.ofSeconds(1));
  private static final Duration BOUND = SETTINGS.shared().expiry().plus(SETTINGS.local().expiry());
  private static final int INSTANCES = 3;
  private static final int READERS = 1_000;
  private static final int STAMPEDES = 20;
  private static final int CHANGES = 200;
  private static final int DISTURBED_CHANGES = 20;
  private static final double MILLI = 1e6;

  private final TestRedis redis = TestRedis.with();
  private final VersionedRows rows = new VersionedRows();
  private final ClientResources resources =
      ClientResources.builder().reconnectDelay(Delay.constant(Duration.ofMillis(200))).build();
  private final List<Instance> instances =
      IntStream.range(0, INSTANCES).mapToObj(_ -> new Instance("changes")).toList();

  /** Announces on another channel, without a listener: all its messages are lost. */
  private final Instance unheard = new Instance("unheard");

  private final class Instance implements AutoCloseable {
    private final RedisClient client =
        RedisClient.create(resources, "redis://127.0.0.1:" + redis.port());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger queries = new AtomicInteger();
    private final CachedView<String> view;

    Instance(String channel) {
      client.setOptions(
          ClientOptions.builder()
              .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      view =
          CachedView.of(
              "bench",
              keys -> {
                queries.incrementAndGet();
                return rows.read(keys);
              },
              new TextFormat("text", channel),
              _ -> {},
              SETTINGS,
              client,
              meters,
              Traces.none());
      view.start();
      awaitConnected();
    }

    void awaitConnected() {
      await().until(() -> meters.get("orderflow.cache.l2.connected").gauge().value() == 1);
    }

    @Override
    public void close() {
      view.stop();
      client.close();
    }
  }

  @Override
  public void close() {
    instances.forEach(Instance::close);
    unheard.close();
    var _ = resources.shutdown();
    redis.close();
    rows.close();
  }

  /** Many readers at once on one cold key, on each of the instances. */
  static List<Result> stampede() throws Exception {
    try (var bench = new CacheBenchmarks()) {
      var mostQueries = 0;
      var ratios = new ArrayList<Double>();
      for (var stampede = 0; stampede < STAMPEDES; stampede++) {
        var key = "cold-" + stampede;
        bench.rows.put(key, 1);
        var bare = bench.nanosOfABareRead(key);
        bench.instances.forEach(instance -> instance.queries.set(0));
        ratios.add(bench.nanosOfAStampede(key) / bare);
        mostQueries =
            bench.instances.stream()
                .mapToInt(instance -> instance.queries.get())
                .reduce(mostQueries, Math::max);
      }
      var times = new Figures(ratios);
      return List.of(
          new Result(
              "reads of the row by an instance for %,d readers at once of one cold key on each of %d instances, the most of %d times"
                  .formatted(READERS, INSTANCES, STAMPEDES),
              "1",
              Integer.toString(mostQueries)),
          new Result(
              "time until the last of them has the answer, of that of one bare read",
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
        IntStream.range(0, READERS * INSTANCES)
            .mapToObj(reader -> {
              var answer = new CompletableFuture<Versioned<String>>();
              Thread.startVirtualThread(() -> {
                try {
                  go.await();
                  answer.complete(instances.get(reader % INSTANCES).view.get(key).get());
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

  /** What happens around a change. */
  private interface Disturbance {
    /** Changes the row; what it says beside is the disturbance. */
    void change(String key, long version) throws Exception;

    /** Afterwards all is as before. */
    default void end() {}
  }

  /** From the commit of a change until every instance answers with it. */
  static List<Result> staleness() throws Exception {
    try (var bench = new CacheBenchmarks();
        var client = RedisClient.create("redis://127.0.0.1:" + bench.redis.port());
        var operator = client.connect()) {
      return List.of(
          bench.staleness(
              "from a change to the last of %d instances that answers with it".formatted(INSTANCES),
              CHANGES,
              bench::change),
          bench.staleness(
              "the same, when the announcement is lost",
              DISTURBED_CHANGES,
              (key, version) -> bench.rows.change(bench.unheard.view, key, version)),
          bench.staleness(
              "the same, when L2 is not told either", DISTURBED_CHANGES, bench.rows::put),
          bench.staleness(
              "the same, when Redis is paused", DISTURBED_CHANGES, bench.new PausedRedis()),
          bench.staleness(
              "the same, when the subscriptions are killed",
              DISTURBED_CHANGES,
              bench.killedSubscriptions(operator)));
    }
  }

  private void change(String key, long version) {
    rows.change(instances.getFirst().view, key, version);
  }

  private final class PausedRedis implements Disturbance {
    @Override
    public void change(String key, long version) {
      redis.hang();
      CacheBenchmarks.this.change(key, version);
    }

    @Override
    public void end() {
      redis.goOn();
      instances.forEach(Instance::awaitConnected);
    }
  }

  private Disturbance killedSubscriptions(StatefulRedisConnection<String, String> operator) {
    return (key, version) -> {
      operator.sync().clientKill(KillArgs.Builder.typePubsub());
      change(key, version);
    };
  }

  private Result staleness(String measured, int changes, Disturbance disturbance) throws Exception {
    var key = measured;
    rows.put(key, 1);
    var delays = new ArrayList<Double>();
    for (var version = 2; version < changes + 2; version++) {
      var next = (long) version;
      for (var instance : instances) {
        instance.view.get(key).get();
      }
      if (changes == DISTURBED_CHANGES) {
        // What is held is of any age when it is overtaken.
        Thread.sleep(ThreadLocalRandom.current().nextInt((int) BOUND.toMillis() / 3));
        for (var instance : instances) {
          instance.view.get(key).get();
        }
      }
      disturbance.change(key, next);
      var committed = System.nanoTime();
      for (var instance : instances) {
        while (instance.view.get(key).get().version() < next) {
          Thread.onSpinWait();
        }
      }
      delays.add((System.nanoTime() - committed) / MILLI);
      disturbance.end();
    }
    var times = new Figures(delays);
    return new Result(
        measured,
        "below %d ms and a load".formatted(BOUND.toMillis()),
        String.format(
            Locale.ROOT,
            "median %.1f ms, 99 of 100 below %.0f ms, at most %.0f ms: %.2f of the bound",
            times.median(),
            times.at(0.99),
            times.max(),
            times.max() / BOUND.toMillis()));
  }
}
