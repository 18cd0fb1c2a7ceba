package dev.orderflow.queryside.cache;

import dev.orderflow.platform.error.UnavailableException;
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
import java.util.concurrent.RejectedExecutionException;

/** L1 before L2 before the source; within this instance one load at a time for each key. */
final class TwoLevelCache<V> implements VersionedCache<V> {
  /** What is refused more often is not overtaken by answers: the source has lost what it had. */
  private static final int MOST_READS = 5;

  private final LocalLevel<V> local;
  private final Loader<V> loader;
  private final Executor threads;
  private final CacheMeters meters;
  private final ConcurrentMap<String, CompletableFuture<Versioned<V>>> loading =
      new ConcurrentHashMap<>();

  /**
   * @param threads for loads, which block
   */
  TwoLevelCache(LocalLevel<V> local, Loader<V> loader, Executor threads, CacheMeters meters) {
    this.local = local;
    this.loader = loader;
    this.threads = threads;
    this.meters = meters;
  }

  @Override
  public CompletableFuture<Versioned<V>> get(String key) {
    var held = local.get(key);
    meters.local(held != null);
    return held != null
        ? CompletableFuture.completedFuture(held)
        : load(List.of(key)).get(0).copy();
  }

  @Override
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

  @Override
  public void seen(String key, long version) {
    local.seen(key, version);
  }

  /** Joins the loads that are under way and begins the others, all of them together. */
  private List<CompletableFuture<Versioned<V>>> load(List<String> keys) {
    var loads = new ArrayList<CompletableFuture<Versioned<V>>>(keys.size());
    var begun = new HashMap<String, CompletableFuture<Versioned<V>>>();
    for (var key : keys) {
      var mine = new CompletableFuture<Versioned<V>>();
      var other = loading.putIfAbsent(key, mine);
      loads.add(other == null ? mine : other);
      if (other == null) {
        begun.put(key, mine);
      }
    }
    if (!begun.isEmpty()) {
      try {
        threads.execute(() -> run(begun));
      } catch (RejectedExecutionException e) {
        fail(begun, new UnavailableException("This instance stops; ask again.", e));
      }
    }
    return loads;
  }

  private void run(Map<String, CompletableFuture<Versioned<V>>> begun) {
    try {
      var start = local.start();
      var left = new HashSet<>(begun.keySet());
      // What was held a moment ago may have come from a load that ended since.
      begun
          .keySet()
          .forEach(key -> {
            var held = local.get(key);
            if (held != null) {
              offer(key, held, start, begun, left);
            }
          });
      if (!left.isEmpty()) {
        loader.load(List.copyOf(left), (key, found) -> offer(key, found, start, begun, left));
      }
      for (var more = 0; !left.isEmpty(); more++) {
        if (more == MOST_READS) {
          throw new UnavailableException("The rows are older than what was answered.", null);
        }
        // Something newer was answered meanwhile; the source has it.
        var again = local.start();
        loader
            .fromSource(List.copyOf(left))
            .forEach((key, found) -> offer(key, found, again, begun, left));
      }
    } catch (Throwable e) {
      fail(begun, e);
    }
  }

  /** Whoever comes after the answer begins a load of their own. */
  private void offer(
      String key,
      Versioned<V> found,
      LocalLevel.Start start,
      Map<String, CompletableFuture<Versioned<V>>> begun,
      Set<String> left) {
    var load = Objects.requireNonNull(begun.get(key));
    if (local.offer(key, found, start, () -> loading.remove(key, load))) {
      left.remove(key);
      load.complete(found);
    }
  }

  private void fail(Map<String, CompletableFuture<Versioned<V>>> begun, Throwable error) {
    begun.forEach((key, load) -> {
      loading.remove(key, load);
      load.completeExceptionally(error);
    });
  }
}
