package dev.orderflow.queryside.cache;

import com.google.common.collect.Comparators;
import dev.orderflow.platform.error.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Loads keys that L1 does not have: from L2, or else from the source, and then into L2. Across
 * instances one loads a key while the others wait for it, though not for long.
 */
final class Loader<V> {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(32);

  private final SharedLevel<V> shared;
  private final SharedTrust trust;
  private final ViewSource<V> source;
  private final CacheProperties settings;
  private final CacheMeters meters;
  private final Pauses pauses;
  private final Semaphore places;
  private final String instance = UUID.randomUUID().toString();

  Loader(
      SharedLevel<V> shared,
      SharedTrust trust,
      ViewSource<V> source,
      CacheProperties settings,
      CacheMeters meters,
      Pauses pauses) {
    this.shared = shared;
    this.trust = trust;
    this.source = source;
    this.settings = settings;
    this.meters = meters;
    this.pauses = pauses;
    this.places = new Semaphore(settings.loads());
  }

  /** How to wait. */
  @FunctionalInterface
  interface Pauses {
    void pause(Duration length) throws InterruptedException;
  }

  /** Loads keys, and hands each over as soon as it is there. */
  void load(Collection<String> keys, BiConsumer<String, Versioned<V>> to)
      throws InterruptedException {
    new Load(keys, to).run();
  }

  /** What the source has now. */
  Map<String, Versioned<V>> fromSource(Collection<String> keys) throws InterruptedException {
    if (!places.tryAcquire(settings.patience().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new OverloadedException("Too many reads that are not cached are waiting.");
    }
    try {
      var rows = meters.load(() -> source.read(keys));
      var found = new HashMap<String, Versioned<V>>();
      keys.forEach(key -> found.put(key, rows.getOrDefault(key, Versioned.nothing(0))));
      return found;
    } finally {
      places.release();
    }
  }

  private final class Load {
    private final Set<String> missing;
    private final BiConsumer<String, Versioned<V>> to;
    private final String owner = instance + ":" + Thread.currentThread().threadId();

    Load(Collection<String> keys, BiConsumer<String, Versioned<V>> to) {
      this.missing = new HashSet<>(keys);
      this.to = to;
    }

    void run() throws InterruptedException {
      if (trust.holds()) {
        try {
          throughShared();
        } catch (SharedLevelException _) {
          meters.sharedFailed();
        }
      }
      if (!missing.isEmpty()) {
        fromSource(List.copyOf(missing)).forEach(this::deliver);
      }
    }

    /** Leaves over what has to come from the source, and is not to be kept in L2. */
    private void throughShared() throws SharedLevelException, InterruptedException {
      var busy = look(List.copyOf(missing));
      if (busy.isEmpty()) {
        return;
      }
      var waited = Duration.ZERO;
      var pause = FIRST_PAUSE;
      while (!busy.isEmpty()
          && waited.compareTo(settings.shared().leaseWait()) < 0
          && trust.holds()) {
        pauses.pause(pause);
        waited = waited.plus(pause);
        pause = Comparators.min(pause.multipliedBy(2), LONGEST_PAUSE);
        busy = look(busy);
      }
      meters.leaseWait(waited);
      meters.sharedMisses(busy.size());
    }

    /** One look at L2; loads what is left to us to load. Answers what others are loading. */
    private List<String> look(List<String> keys) throws SharedLevelException, InterruptedException {
      var busy = new ArrayList<String>();
      var leased = new ArrayList<String>();
      shared
          .read(keys, owner)
          .forEach((key, found) -> {
            switch (found) {
              case SharedLevel.Found.Entry<V>(var entry) -> {
                meters.sharedHit();
                deliver(key, entry);
              }
              case SharedLevel.Found.Leased<V> _ -> leased.add(key);
              case SharedLevel.Found.Busy<V> _ -> busy.add(key);
            }
          });
      if (!leased.isEmpty()) {
        fill(leased);
      }
      return busy;
    }

    /** A lease that is not given back, because the source failed or we died, ends by itself. */
    private void fill(List<String> keys) throws SharedLevelException, InterruptedException {
      meters.sharedMisses(keys.size());
      var found = fromSource(keys);
      found.forEach(this::deliver);
      shared.fill(found, owner);
    }

    private void deliver(String key, Versioned<V> found) {
      if (missing.remove(key)) {
        to.accept(key, found);
      }
    }
  }
}
