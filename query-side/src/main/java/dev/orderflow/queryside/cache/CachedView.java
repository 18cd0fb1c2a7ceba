package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import com.google.common.collect.Maps;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.tracing.Traces;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A table behind two levels of cache: reads by key, fast and a moment old. Within this instance no
 * answer for a key is older than one before it, and one load at a time is under way for each key.
 *
 * @param <V> what is read of a row
 */
public final class CachedView<V> implements ChangedRows<V>, SmartLifecycle {
  private final ViewSource<V> source;
  private final SharedLevel<V> shared;
  private final LocalLevel<V> local;
  private final Consumer<String> watchers;
  private final CacheProperties settings;
  private final CacheMeters meters;
  private final Ticker ticker;
  private final Executor threads;
  private final Semaphore places;
  private final ConcurrentMap<String, Load> loading = new ConcurrentHashMap<>();
  private volatile boolean running;

  CachedView(
      ViewSource<V> source,
      SharedLevel<V> shared,
      Consumer<String> watchers,
      CacheProperties settings,
      CacheMeters meters,
      Ticker ticker,
      Executor threads) {
    this.source = source;
    this.shared = shared;
    this.local = new LocalLevel<>(settings.local(), ticker);
    this.watchers = watchers;
    this.settings = settings;
    this.meters = meters;
    this.ticker = ticker;
    this.threads = threads;
    this.places = new Semaphore(settings.loads());
    meters.gauge("l1.size", "Keys in L1", local::size);
  }

  /**
   * One with Redis as L2.
   *
   * @param name of the cache, in Redis and in metrics
   * @param watchers are told each key of which a change is announced; must not block
   * @param redis connects again by itself, and rejects commands meanwhile
   */
  public static <V> CachedView<V> of(
      String name,
      ViewSource<V> source,
      ViewFormat<V> format,
      Consumer<String> watchers,
      CacheProperties settings,
      RedisClient redis,
      MeterRegistry registry,
      Traces traces) {
    var ticker = Ticker.systemTicker();
    var meters = new CacheMeters(registry, name);
    return new CachedView<>(
        source,
        new RedisLevel<>(name, redis, format, settings.shared(), meters, ticker, traces),
        watchers,
        settings,
        meters,
        ticker,
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory()));
  }

  /**
   * One key. The answer is there at once when it is in the memory of this instance; this never
   * waits for anything else. Fails with what the source fails with.
   */
  public CompletableFuture<Versioned<V>> get(String key) {
    var held = held(key);
    return held != null
        ? CompletableFuture.completedFuture(held)
        : Objects.requireNonNull(load(List.of(key)).get(key)).copy();
  }

  /**
   * Several keys, which are looked up together, in L2 and in the source. Otherwise as {@link #get}.
   */
  public CompletableFuture<Map<String, Versioned<V>>> getAll(Collection<String> keys) {
    var answers = new HashMap<String, CompletableFuture<Versioned<V>>>();
    var missing = new HashSet<String>();
    for (var key : Set.copyOf(keys)) {
      var held = held(key);
      if (held == null) {
        missing.add(key);
      } else {
        answers.put(key, CompletableFuture.completedFuture(held));
      }
    }
    answers.putAll(load(missing));
    return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
        .thenApply(_ -> Map.copyOf(Maps.transformValues(answers, CompletableFuture::join)));
  }

  private @Nullable Versioned<V> held(String key) {
    var held = local.get(key);
    (held == null ? meters.localMisses : meters.localHits).increment();
    return held;
  }

  /**
   * A caller was shown this version, read past the cache: from now on no answer is older.
   *
   * @param version of what was shown
   */
  public void seen(String key, long version) {
    local.heard(key, version);
  }

  @Override
  public void changed(Map<String, Versioned<V>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    // Before the commit, and so before anything could be newer.
    var trueAt = ticker.read();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            shared.announce(rows, trueAt);
          }
        });
  }

  private void heard(ViewFormat.Change change) {
    meters.changes.increment();
    local.heard(change.key(), change.version());
    watchers.accept(change.key());
  }

  /** Joins the loads that are under way and begins the others, all of them together. */
  private Map<String, CompletableFuture<Versioned<V>>> load(Collection<String> keys) {
    var mine = new Load();
    var answers = new HashMap<String, CompletableFuture<Versioned<V>>>();
    for (var key : keys) {
      var load =
          loading.compute(
              key,
              (_, other) ->
                  other == null || local.isOvertaken(key, other.begun) ? mine.of(key) : other);
      answers.put(key, Objects.requireNonNull(load.answers.get(key)));
    }
    if (!mine.answers.isEmpty()) {
      threads.execute(mine::run);
    }
    return answers;
  }

  /** Before the servers start, and until they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public void start() {
    shared.start(this::heard);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    shared.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** What callers wait for, from L2 or else from the source. */
  private final class Load {
    private final long begun = ticker.read();
    private final Map<String, CompletableFuture<Versioned<V>>> answers = new ConcurrentHashMap<>();

    Load of(String key) {
      answers.put(key, new CompletableFuture<>());
      return this;
    }

    void run() {
      try {
        // What was not held a moment ago may have come from a load that has ended since.
        for (var key : left()) {
          var held = local.get(key);
          if (held != null) {
            answer(key, held);
          }
        }
        readShared();
        readRows();
      } catch (Throwable e) {
        answers.forEach((key, answer) -> {
          loading.remove(key, this);
          answer.completeExceptionally(e);
        });
      }
    }

    private List<String> left() {
      return answers.entrySet().stream()
          .filter(answer -> !answer.getValue().isDone())
          .map(Map.Entry::getKey)
          .toList();
    }

    private void readShared() {
      var keys = left();
      if (!keys.isEmpty()) {
        shared
            .read(keys)
            .forEach((key, found) -> {
              if (local.offerShared(key, found, begun)) {
                answer(key, found);
              } else {
                meters.refusals.increment();
              }
            });
      }
    }

    private void readRows() throws InterruptedException {
      var keys = left();
      if (keys.isEmpty()) {
        return;
      }
      if (!places.tryAcquire(settings.patience().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new OverloadedException("Too many reads that are not cached are waiting.");
      }
      Map<String, Versioned<V>> rows;
      long trueAt;
      try {
        trueAt = ticker.read();
        rows = Objects.requireNonNull(meters.loads.record(() -> source.read(keys)));
      } finally {
        places.release();
      }
      for (var key : keys) {
        var row = rows.getOrDefault(key, Versioned.nothing(0));
        local.offerRow(key, row, trueAt);
        answer(key, row);
      }
      shared.keep(rows, trueAt);
    }

    /** Those who come from here on find it held, or begin a load of their own. */
    private void answer(String key, Versioned<V> found) {
      loading.remove(key, this);
      Objects.requireNonNull(answers.get(key)).complete(found);
    }
  }
}
