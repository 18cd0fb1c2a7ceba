package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.tracing.Traces;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
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
import java.util.stream.Collectors;
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
  private final ConcurrentMap<String, Answer> loading = new ConcurrentHashMap<>();
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
    var meters = new CacheMeters(registry, name);
    return new CachedView<>(
        source,
        new RedisLevel<>(name, redis, format, settings.shared(), meters, traces),
        watchers,
        settings,
        meters,
        Ticker.systemTicker(),
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory()));
  }

  /**
   * One key. The answer is there at once when it is in the memory of this instance; this never
   * waits for anything else. Fails with what the source fails with.
   */
  public CompletableFuture<Versioned<V>> get(String key) {
    return ask(Set.of(key)).getFirst().copy();
  }

  /**
   * Several keys, which are looked up together, in L2 and in the source. Otherwise as {@link #get}.
   */
  public CompletableFuture<Map<String, Versioned<V>>> getAll(Collection<String> keys) {
    var answers = ask(Set.copyOf(keys));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            _ -> answers.stream().collect(Collectors.toMap(answer -> answer.key, Answer::join)));
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
    var trueAt = shared.time();
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
  private List<Answer> ask(Set<String> keys) {
    var begun = ticker.read();
    var mine = new ArrayList<Answer>();
    var answers = new ArrayList<Answer>();
    for (var key : keys) {
      var own = new Answer(key, begun);
      if (own.give(local.get(key))) {
        meters.localHits.increment();
        answers.add(own);
      } else {
        meters.localMisses.increment();
        var joined = loading.merge(key, own, (other, _) -> other.isOvertaken() ? own : other);
        answers.add(joined);
        if (joined == own) {
          mine.add(own);
        }
      }
    }
    if (!mine.isEmpty()) {
      threads.execute(() -> load(mine));
    }
    return answers;
  }

  /** Answers from L2 or else from the source. */
  private void load(List<Answer> left) {
    try {
      // What was not held a moment ago may have come from a load that has ended since.
      left.removeIf(answer -> answer.give(local.get(answer.key)));
      if (!left.isEmpty()) {
        var kept = shared.read(keysOf(left));
        left.removeIf(answer -> answer.give(accepted(answer, kept.get(answer.key))));
      }
      if (!left.isEmpty()) {
        readRows(left);
      }
    } catch (Throwable e) {
      left.forEach(answer -> answer.fail(e));
    }
  }

  private @Nullable Versioned<V> accepted(Answer answer, @Nullable Versioned<V> kept) {
    if (kept == null || local.offerShared(answer.key, kept, answer.begun)) {
      return kept;
    }
    meters.refusals.increment();
    return null;
  }

  private void readRows(List<Answer> left) throws InterruptedException {
    if (!places.tryAcquire(settings.patience().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new OverloadedException("Too many reads that are not cached are waiting.");
    }
    Map<String, Versioned<V>> rows;
    var trueAt = shared.time();
    var begun = ticker.read();
    try {
      rows = Objects.requireNonNull(meters.loads.record(() -> source.read(keysOf(left))));
    } finally {
      places.release();
    }
    for (var answer : left) {
      var row = rows.getOrDefault(answer.key, Versioned.nothing(0));
      local.offerRow(answer.key, row, begun);
      answer.give(row);
    }
    shared.keep(rows, trueAt);
  }

  private List<String> keysOf(List<Answer> answers) {
    return answers.stream().map(answer -> answer.key).toList();
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

  /** What callers wait for. Those who come after it was given begin a load of their own. */
  private final class Answer extends CompletableFuture<Versioned<V>> {
    private final String key;
    private final long begun;

    Answer(String key, long begun) {
      this.key = key;
      this.begun = begun;
    }

    boolean isOvertaken() {
      return local.isOvertaken(key, begun);
    }

    boolean give(@Nullable Versioned<V> found) {
      if (found == null) {
        return false;
      }
      loading.remove(key, this);
      return complete(found);
    }

    void fail(Throwable e) {
      loading.remove(key, this);
      completeExceptionally(e);
    }
  }
}
