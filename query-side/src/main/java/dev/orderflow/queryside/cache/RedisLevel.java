package dev.orderflow.queryside.cache;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.OpenSpan;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
 * <p>Lettuce connects again when a connection breaks. From time to time Redis is asked what time it
 * is: a connection that has long been silent is given up, for TCP alone would wait for minutes, and
 * after a failure nobody waits for Redis until it has told the time again.
 */
final class RedisLevel<V> implements SharedLevel<V> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLevel.class);
  private static final String FORWARD =
      RedisScript.of(new ClassPathResource("forward.lua", RedisLevel.class)).getScriptAsString();
  private static final int BEAT_MS = 250;
  private static final int MOST_MISSED = 8;

  private final String name;
  private final RedisClient client;
  private final ViewFormat<V> format;
  private final CacheProperties.Shared settings;
  private final CacheMeters meters;
  private final Traces traces;
  private final String prefix;
  private volatile @Nullable StatefulRedisConnection<String, String> commands;
  private @Nullable StatefulRedisPubSubConnection<String, String> subscription;
  private volatile boolean answers;
  private volatile long time;
  private int missed;
  private @Nullable ScheduledExecutorService beats;

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
      Traces traces) {
    this.name = name;
    this.client = client;
    this.format = format;
    this.settings = settings;
    this.meters = meters;
    this.traces = traces;
    this.prefix = "orderflow:" + name + ":" + format.name() + ":";
    meters.gauge("l2.connected", "Whether Redis answers", () -> answers ? 1 : 0);
  }

  @Override
  public Map<String, Versioned<V>> read(Collection<String> keys) {
    var found = new HashMap<String, Versioned<V>>();
    if (answers) {
      try {
        for (var entry : inTime(redis().mget(names(keys))).join()) {
          entry.ifHasValue(text -> read(entry.getKey().substring(prefix.length()), text, found));
        }
      } catch (RuntimeException e) {
        failed(e);
      }
    }
    meters.sharedHits.increment(found.size());
    meters.sharedMisses.increment(keys.size() - found.size());
    return found;
  }

  private void read(String key, String entry, Map<String, Versioned<V>> found) {
    try {
      var parts = entry.split(":", 2);
      found.put(key, new Versioned<>(Long.parseLong(parts[0]), format.read(parts[1])));
    } catch (RuntimeException e) {
      // What a stranger has written costs nobody but its own key.
      LOG.debug("Not an entry, {}: {}", key, e.toString());
    }
  }

  /** What Redis has told last, so that how long an entry lives is counted by its clock alone. */
  @Override
  public long time() {
    return time;
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
    tryForward(rows, trueAt, true);
    spans.forEach(OpenSpan::end);
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
  private CompletableFuture<?> forward(
      Map<String, Versioned<V>> rows, long trueAt, boolean announced) {
    var arguments =
        new ArrayList<>(
            List.of(
                Long.toString(trueAt),
                Long.toString(settings.expiry().toMillis()),
                format.channel()));
    rows.forEach((key, row) -> {
      arguments.add(Long.toString(row.version()));
      arguments.add(row.value() == null ? "" : format.write(row.value()));
      arguments.add(announced ? format.announce(new ViewFormat.Change(key, row.version())) : "");
    });
    return inTime(
            redis()
                .<Long>eval(
                    FORWARD,
                    ScriptOutputType.INTEGER,
                    names(rows.keySet()),
                    arguments.toArray(String[]::new)))
        .thenAccept(now -> time = now);
  }

  private RedisAsyncCommands<String, String> redis() {
    var redis = commands;
    if (redis == null) {
      throw new RedisException("Redis is not connected");
    }
    return redis.async();
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
  public void start(Consumer<ViewFormat.Change> changes) {
    beats =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("redis-level").factory());
    var _ = beats.scheduleWithFixedDelay(() -> beat(changes), 0, BEAT_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    if (beats != null) {
      beats.shutdownNow();
      beats.close();
      disconnect();
    }
  }

  private void beat(Consumer<ViewFormat.Change> changes) {
    try {
      if (commands == null) {
        commands = client.connect();
      }
      if (subscription == null) {
        subscription = listen(changes);
      }
      inTime(subscription.async().subscribe(format.channel())).join();
      forward(Map.of(), 0, false).join();
      answers = true;
      missed = 0;
    } catch (RuntimeException e) {
      failed(e);
      missed++;
      if (missed % MOST_MISSED == 0) {
        disconnect();
      }
    }
  }

  private StatefulRedisPubSubConnection<String, String> listen(
      Consumer<ViewFormat.Change> changes) {
    var made = client.connectPubSub();
    made.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            try {
              changes.accept(format.hear(message));
            } catch (IllegalArgumentException e) {
              LOG.warn("Not an announcement, on {}: {}", channel, e.getMessage());
            }
          }
        });
    return made;
  }

  private void disconnect() {
    answers = false;
    if (commands != null) {
      var _ = commands.closeAsync();
      commands = null;
    }
    if (subscription != null) {
      var _ = subscription.closeAsync();
      subscription = null;
    }
  }

  private String[] names(Collection<String> keys) {
    return keys.stream().map(prefix::concat).toArray(String[]::new);
  }
}
