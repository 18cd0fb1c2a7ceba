package dev.orderflow.queryside.cache;

import dev.orderflow.queryside.testing.TextFormat;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A key that is in L2, against a bare {@code GET} of the same bytes through the same client. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets it up.
public class L2Hit {
  /** Names the port of Redis, which the JVM that forks this one has started. */
  public static final String PORT = "bench.redis.port";

  private static final String VALUE = "x".repeat(300);
  private static final long TIMEOUT_SECONDS = 5;

  private final RedisClient client =
      RedisClient.create("redis://127.0.0.1:" + Integer.getInteger(PORT));
  private final RedisAsyncCommands<String, byte[]> bare =
      client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)).async();
  private RedisLevel<String> level;
  private String name;

  /** The same value, for both. */
  @Setup
  public void fill() throws Exception {
    var settings =
        new CacheProperties.Shared(
            Duration.ofMinutes(5),
            Duration.ofSeconds(TIMEOUT_SECONDS),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(250));
    var link = new RedisLink(client, settings.timeout());
    link.connect();
    level =
        new RedisLevel<>(
            "bench",
            link,
            CircuitBreaker.ofDefaults("bench"),
            new TextFormat("text", "bench"),
            settings);
    level.read(List.of("hit"), "bench");
    level.fill(Map.of("hit", new Versioned<>(7, VALUE)), "bench");
    name = "orderflow:bench:%s:entry:hit".formatted(Objects.requireNonNull(link.session()).run());
    if (bare.get(name).get(TIMEOUT_SECONDS, TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("there is nothing to hit");
    }
  }

  /** Lets go of Redis. */
  @TearDown
  public void close() {
    client.close();
  }

  /** Ours. */
  @Benchmark
  public Object level() throws Exception {
    return level.read(List.of("hit"), "bench");
  }

  /** The limit. */
  @Benchmark
  public Object bareGet() throws Exception {
    return bare.get(name).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
