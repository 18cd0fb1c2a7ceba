package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.OpenSpan;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * L2 in Redis: one server, or the one that Sentinel names. An entry is a version in digits, a colon
 * and a value. Its name contains that of the format: a release reads what was written by releases
 * with the same format.
 *
 * <p>One thread connects, and then asks from time to time what time it is. Lettuce connects again
 * when a connection breaks; one that has long been silent is given up, for TCP alone would wait for
 * minutes. After a failure nobody waits for Redis until it has told the time again.
 */
final class RedisLevel<V> implements SharedLevel<V> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLevel.class);
  private static final String FORWARD =
      RedisScript.of(new ClassPathResource("forward.lua", RedisLevel.class)).getScriptAsString();
  private static final Duration BEAT = Duration.ofMillis(250);
  private static final int MOST_MISSED = 8;

  private final String name;
  private final RedisClient client;
  private final ViewFormat<V> format;
  private final CacheProperties.Shared settings;
  private final CacheMeters meters;
  private final RedisClock clock;
  private final Traces traces;
  private final String prefix;
  private volatile @Nullable StatefulRedisConnection<String, String> commands;
  private volatile @Nullable StatefulRedisPubSubConnection<String, String> subscription;
  private volatile boolean answers;
  private @Nullable Thread thread;

  /**
   * @param name of the cache, the same in every release
   * @param client connects again by itself, and rejects commands meanwhile
   */
  RedisLevel(
      String name,
      RedisClient client,
      ViewFormat<V> format,
      CacheProperties.Shared settings,
      CacheMeters meters,
      Ticker ticker,
      Traces traces) {
    this.name = name;
    this.client = client;
    this.format = format;
    this.settings = settings;
    this.meters = meters;
    this.clock = new RedisClock(ticker);
    this.traces = traces;
    this.prefix = "orderflow:" + name + ":" + format.name() + ":";
    meters.gauge("l2.connected", "Whether Redis answers", () -> answers ? 1 : 0);
  }

  @Override
  public Map<String, Versioned<V>> read(Collection<String> keys) {
    var found = new HashMap<String, Versioned<V>>();
    var redis = commands;
    if (redis != null && answers) {
      try {
        inTime(redis.async().mget(names(keys)))
            .join()
            .forEach(entry ->
                entry.ifHasValue(text ->
                    read(text)
                        .ifPresent(
                            row -> found.put(entry.getKey().substring(prefix.length()), row))));
      } catch (RuntimeException e) {
        failed(e);
      }
    }
    meters.sharedHits.increment(found.size());
    meters.sharedMisses.increment(keys.size() - found.size());
    return found;
  }

  /** Empty for what a stranger has written: it costs nobody but its own key. */
  private Optional<Versioned<V>> read(String entry) {
    try {
      var parts = entry.split(":", 2);
      return Optional.of(new Versioned<>(Long.parseLong(parts[0]), format.read(parts[1])));
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public void keep(Map<String, Versioned<V>> rows, long trueAt) {
    if (answers && !rows.isEmpty()) {
      tryForward(rows, trueAt, false);
    }
  }

  /** As a step of the traces in which a row has changed. */
  @Override
  public void announce(Map<String, Versioned<V>> rows, long trueAt) {
    var spans =
        rows.keySet().stream()
            .map(key -> traces.begin("announce " + name, Traces.of(key)).about(key))
            .toList();
    try {
      tryForward(rows, trueAt, true);
    } finally {
      spans.forEach(OpenSpan::end);
    }
  }

  private void tryForward(Map<String, Versioned<V>> rows, long trueAt, boolean announced) {
    try {
      var _ =
          forward(rows, trueAt, announced)
              .whenComplete((_, error) -> {
                if (error != null) {
                  failed(error);
                }
              });
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** One command for all of the rows; its answer is what time it is there. */
  private CompletableFuture<Long> forward(
      Map<String, Versioned<V>> rows, long trueAt, boolean announced) {
    var redis = commands;
    if (redis == null) {
      throw new IllegalStateException("Redis is not connected");
    }
    var arguments = new ArrayList<String>();
    arguments.add(Long.toString(clock.at(trueAt)));
    arguments.add(Long.toString(settings.expiry().toMillis()));
    arguments.add(format.channel());
    rows.forEach((key, row) -> {
      arguments.add(Long.toString(row.version()));
      arguments.add(row.value() == null ? "" : format.write(row.value()));
      arguments.add(announced ? format.announce(new ViewFormat.Change(key, row.version())) : "");
    });
    return inTime(
            redis
                .async()
                .<Long>eval(
                    FORWARD,
                    ScriptOutputType.INTEGER,
                    names(rows.keySet()),
                    arguments.toArray(String[]::new)))
        .whenComplete((now, _) -> {
          if (now != null) {
            clock.shows(now);
          }
        });
  }

  private <T> CompletableFuture<T> inTime(RedisFuture<T> answer) {
    return answer
        .toCompletableFuture()
        .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void failed(Throwable error) {
    answers = false;
    meters.failures.increment();
    LOG.warn(
        "Redis does not answer as it should, products come from the rows meanwhile: {}",
        error.toString());
  }

  @Override
  public synchronized void start(Consumer<ViewFormat.Change> changes) {
    thread = Thread.ofVirtual().name("redis-level").start(() -> keepConnected(changes));
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
    disconnect();
  }

  private void keepConnected(Consumer<ViewFormat.Change> changes) {
    var missed = 0;
    try {
      while (true) {
        try {
          beat(changes);
          missed = 0;
        } catch (RuntimeException e) {
          failed(e);
          missed++;
          if (missed % MOST_MISSED == 0) {
            disconnect();
          }
        }
        Thread.sleep(BEAT);
      }
    } catch (InterruptedException _) {
      disconnect();
    }
  }

  private void beat(Consumer<ViewFormat.Change> changes) {
    if (commands == null) {
      commands = client.connect();
    }
    var listener = subscription;
    if (listener == null) {
      listener = client.connectPubSub();
      subscription = listener;
      listener.addListener(new Ear(changes));
    }
    forward(Map.of(), 0, false).join();
    inTime(listener.async().subscribe(format.channel())).join();
    answers = true;
  }

  private void disconnect() {
    answers = false;
    var redis = commands;
    if (redis != null) {
      var _ = redis.closeAsync();
      commands = null;
    }
    var listener = subscription;
    if (listener != null) {
      var _ = listener.closeAsync();
      subscription = null;
    }
  }

  private final class Ear extends RedisPubSubAdapter<String, String> {
    private final Consumer<ViewFormat.Change> changes;

    Ear(Consumer<ViewFormat.Change> changes) {
      this.changes = changes;
    }

    @Override
    public void message(String channel, String message) {
      try {
        changes.accept(format.hear(message));
      } catch (IllegalArgumentException e) {
        LOG.warn("Not an announcement, on {}: {}", channel, e.getMessage());
      }
    }
  }

  private String[] names(Collection<String> keys) {
    return keys.stream().map(prefix::concat).toArray(String[]::new);
  }
}
