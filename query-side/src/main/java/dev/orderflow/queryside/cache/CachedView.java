package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A table behind two levels of cache.
 *
 * @param <V> what is read of a row
 */
public final class CachedView<V> implements VersionedCache<V>, ChangedKeys, SmartLifecycle {
  private static final int FEWEST_CALLS = 4;
  private static final int LAST_CALLS = 10;
  private static final Duration OPEN = Duration.ofSeconds(1);

  private final OwedKeyTable owed;
  private final VersionedCache<V> cache;
  private final Upkeep upkeep;
  private final ExecutorService threads;

  /**
   * @param name of the cache, in the database and in metrics
   * @param watchers are told each key of which a change is announced; must not block
   * @param redis connects again by itself when a connection breaks
   * @param jdbc on the database of the source
   */
  public CachedView(
      String name,
      ViewSource<V> source,
      ViewFormat<V> format,
      Consumer<String> watchers,
      CacheProperties settings,
      RedisClient redis,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      MeterRegistry registry) {
    var ticker = Ticker.systemTicker();
    var meters = new CacheMeters(registry, name);
    var local = new LocalLevel<V>(settings.local(), ticker);
    var trust = new SharedTrust(ticker);
    var link = new RedisLink(redis, settings.shared().timeout());
    var shared = new RedisLevel<>(name, link, circuitBreaker(name), format, settings.shared());
    var loader = new Loader<>(shared, trust, source, settings, meters, Thread::sleep);
    meters.levels(local::isListening, trust::holds, local::size);
    owed = new OwedKeyTable(jdbc, transaction, name);
    threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    cache = new TwoLevelCache<>(local, loader, threads, meters);
    upkeep =
        new Upkeep(
            link,
            new Announcements(
                redis, format, settings.shared().timeout(), new Ear<>(local, meters, watchers)),
            new Settlement<>(owed, source, shared, trust, settings.shared(), meters, ticker),
            settings.shared());
  }

  private static CircuitBreaker circuitBreaker(String name) {
    return CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .slidingWindowSize(LAST_CALLS)
            .minimumNumberOfCalls(FEWEST_CALLS)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitDurationInOpenState(OPEN)
            .build());
  }

  /** L1 hears of changes, and then whoever watches. */
  private record Ear<V>(LocalLevel<V> local, CacheMeters meters, Consumer<String> watchers)
      implements Announcements.Listener {
    @Override
    public void changed(ViewFormat.Change change) {
      meters.heard();
      local.heard(change.key(), change.version());
      watchers.accept(change.key());
    }

    @Override
    public void listening() {
      local.listening();
    }

    @Override
    public void deaf() {
      local.deaf();
    }
  }

  @Override
  public void changed(SortedMap<String, Long> versions) {
    owed.owe(versions);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            upkeep.changed();
          }
        });
  }

  @Override
  public CompletableFuture<Versioned<V>> get(String key) {
    return cache.get(key);
  }

  @Override
  public CompletableFuture<Map<String, Versioned<V>>> getAll(Collection<String> keys) {
    return cache.getAll(keys);
  }

  @Override
  public void seen(String key, long version) {
    cache.seen(key, version);
  }

  /** Before the servers start, and until they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public void start() {
    upkeep.start();
  }

  @Override
  public void stop() {
    upkeep.stop();
    threads.shutdown();
  }

  @Override
  public boolean isRunning() {
    return upkeep.isRunning();
  }
}
