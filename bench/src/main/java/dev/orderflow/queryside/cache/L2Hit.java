package dev.orderflow.queryside.cache;

import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.queryside.testing.TextFormat;
import dev.orderflow.queryside.testing.VersionedRows;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A key that is in L2, against the read of its row by the primary key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets it up.
public class L2Hit {
  /** Names the port of Redis, which the JVM that forks this one has started. */
  public static final String PORT = "bench.redis.port";

  private static final List<String> KEY = List.of("hit");

  private RedisClient client;
  private RedisLevel<String> level;
  private VersionedRows rows;

  /** The same value, for both. */
  @Setup
  public void fill() {
    client = RedisClient.create("redis://127.0.0.1:" + Integer.getInteger(PORT));
    var meters = new SimpleMeterRegistry();
    level =
        new RedisLevel<>(
            "bench",
            client,
            new TextFormat("text", "bench"),
            new CacheProperties.Shared(Duration.ofHours(1), Duration.ofSeconds(5)),
            new CacheMeters(meters, "bench"),
            Traces.none());
    level.start(_ -> {});
    await().until(() -> meters.get("orderflow.cache.l2.connected").gauge().value() == 1);
    rows = new VersionedRows();
    rows.put("hit", 7);
    level.keep(Map.of("hit", VersionedRows.value(7)), level.time());
    await().until(() -> level.read(KEY).equals(rows.read(KEY)));
  }

  /** Lets go of both servers. */
  @TearDown
  public void close() {
    level.stop();
    client.close();
    rows.close();
  }

  /** Ours. */
  @Benchmark
  public Object level() {
    return level.read(KEY);
  }

  /** What it saves. */
  @Benchmark
  public Object row() {
    return rows.read(KEY);
  }
}
