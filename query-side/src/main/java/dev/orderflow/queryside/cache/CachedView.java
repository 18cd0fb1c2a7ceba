package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
  /** Something newer was answered during each of so many reads of a row: hardly by chance. */
  private static final int MOST_READS = 5;

  private final ViewSource<V> source;
  private final SharedLevel<V> shared;
  private final LocalLevel<V> local;
  private final Consumer<String> watchers;
  private final CacheProperties settings;
  private final CacheMeters meters;
  private final Ticker ticker;
  private final Executor threads;
  private final Semaphore places;
  private final ConcurrentMap<String, Load<V>> loading = new ConcurrentHashMap<>();
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
    meters.size(local::size);
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
      MeterRegistry registry) {
    var ticker = Ticker.systemTicker();
    var meters = new CacheMeters(registry, name);
    return new CachedView<>(
        source,
        new RedisLevel<>(name, redis, format, settings.shared(), meters, ticker),
        watchers,
        settings,
        meters,
        ticker,
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory()));
  }

  /**
   * @param begun a time before anything was read, on the ticker
   */
  private record Load<V>(long begun, CompletableFuture<Versioned<V>> answer) {}

  /**
   * One key. The answer is there at once when it is in the memory of this instance; this never
   * waits for anything else. Fails with what the source fails with.
   */
  public CompletableFuture<Versioned<V>> get(String key) {
    var held = local.get(key);
    meters.local(held != null);
    return held != null
        ? CompletableFuture.completedFuture(held)
        : load(List.of(key)).getFirst().copy();
  }

  /**
   * Several keys, which are looked up together, in L2 and in the source. Otherwise as {@link #get}.
   */
  public CompletableFuture<Map<String, Versioned<V>>> getAll(Collection<String> keys) {
    var found = new HashMap<String, Versioned<V>>();
    var missing = new ArrayList<String>();
    for (var key : new LinkedHashSet<>(keys)) {
      var held = local.get(key);
      meters.local(held != null);
      if (held == null) {
        missing.add(key);
      } else {
        found.put(key, held);
      }
    }
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(found);
    }
    var loads = load(missing);
    return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          for (var i = 0; i < loads.size(); i++) {
            found.put(missing.get(i), loads.get(i).join());
          }
          return found;
        });
  }

  /**
   * Somebody was shown this version, read past the cache: from now on no answer is older.
   *
   * @param version of what was shown
   */
  public void seen(String key, long version) {
    local.seen(key, version);
  }

  @Override
  public void changed(Map<String, Versioned<V>> rows) {
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
    meters.heard();
    local.heard(change.key(), change.version());
    watchers.accept(change.key());
  }

  /** Joins the loads that are under way and begins the others, all of them together. */
  private List<CompletableFuture<Versioned<V>>> load(List<String> keys) {
    var loads = new ArrayList<CompletableFuture<Versioned<V>>>(keys.size());
    var begun = new HashMap<String, Load<V>>();
    var now = ticker.read();
    for (var key : keys) {
      var mine = new Load<>(now, new CompletableFuture<Versioned<V>>());
      var load =
          Objects.requireNonNull(
              loading.merge(
                  key, mine, (other, _) -> local.isOvertaken(key, other.begun()) ? mine : other));
      loads.add(load.answer());
      if (load.equals(mine)) {
        begun.put(key, mine);
      }
    }
    if (!begun.isEmpty()) {
      threads.execute(() -> run(begun, now));
    }
    return loads;
  }

  private void run(Map<String, Load<V>> begun, long now) {
    try {
      new Loading(begun, now).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(begun, new UnavailableException("This instance stops; ask again.", e));
    } catch (Throwable e) {
      end(begun, e);
    }
  }

  private void end(Map<String, Load<V>> begun, Throwable error) {
    begun.forEach((key, load) -> {
      loading.remove(key, load);
      load.answer().completeExceptionally(error);
    });
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

  /** What some callers wait for, from L2 or else from the source. */
  private final class Loading {
    private final Map<String, Load<V>> begun;
    private final Set<String> left;
    private final long start;

    Loading(Map<String, Load<V>> begun, long start) {
      this.begun = begun;
      this.left = new HashSet<>(begun.keySet());
      this.start = start;
    }

    void run() throws InterruptedException {
      // What was not held a moment ago may have come from a load that has ended since.
      for (var key : begun.keySet()) {
        var held = local.get(key);
        if (held != null) {
          answer(key, held);
        }
      }
      if (!left.isEmpty()) {
        shared
            .read(List.copyOf(left))
            .forEach((key, found) -> answerIf(local.offerShared(key, found, start), key, found));
      }
      for (var reads = 0; !left.isEmpty(); reads++) {
        if (reads == MOST_READS) {
          throw new UnavailableException("The rows are older than what was answered.", null);
        }
        readRows();
      }
    }

    private void readRows() throws InterruptedException {
      if (!places.tryAcquire(settings.patience().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new OverloadedException("Too many reads that are not cached are waiting.");
      }
      Map<String, Versioned<V>> rows;
      long trueAt;
      try {
        trueAt = ticker.read();
        rows = meters.load(() -> source.read(List.copyOf(left)));
      } finally {
        places.release();
      }
      for (var key : List.copyOf(left)) {
        var row = rows.getOrDefault(key, Versioned.<V>nothing(0));
        answerIf(local.offerRow(key, row, trueAt), key, row);
      }
      shared.keep(rows, trueAt);
    }

    private void answerIf(boolean accepted, String key, Versioned<V> found) {
      if (accepted) {
        answer(key, found);
      } else {
        meters.refused();
      }
    }

    /** Those who come from here on find it held, or begin a load of their own. */
    private void answer(String key, Versioned<V> found) {
      var load = Objects.requireNonNull(begun.get(key));
      loading.remove(key, load);
      left.remove(key);
      load.answer().complete(found);
    }
  }
}
