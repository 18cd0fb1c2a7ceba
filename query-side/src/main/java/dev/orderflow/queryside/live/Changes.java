package dev.orderflow.queryside.live;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.orderflow.platform.error.UnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Wakes the watchers of a key when it has changed. The signal carries no state: a woken watcher
 * reads the newest one, so a slow watcher misses states in between, and nothing piles up.
 */
public final class Changes implements ApplicationListener<ContextClosedEvent> {
  private final ConcurrentMap<String, Set<Watch>> watches = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /** Watches a key from now on. */
  public Watch watch(String key) {
    var watch = new Watch(key);
    watches.compute(
        key,
        (_, others) -> {
          var all = others == null ? ConcurrentHashMap.<Watch>newKeySet() : others;
          all.add(watch);
          return all;
        });
    if (stopped) {
      watch.wake();
    }
    return watch;
  }

  /** The key has changed. */
  public void changed(String key) {
    watches.getOrDefault(key, Set.of()).forEach(Watch::wake);
  }

  /** Any key may have changed. */
  void anythingChanged() {
    watches.values().forEach(all -> all.forEach(Watch::wake));
  }

  /**
   * Ends all watches, before the servers begin to stop: they wait for open streams, which would not
   * end by themselves.
   */
  @Override
  public void onApplicationEvent(ContextClosedEvent closing) {
    stop();
  }

  void stop() {
    stopped = true;
    anythingChanged();
  }

  /** Whether a client watches the key. */
  public boolean isWatched(String key) {
    return watches.containsKey(key);
  }

  /** A watch of a key, until it is closed. */
  public final class Watch implements AutoCloseable {
    private final String key;
    private final Semaphore change = new Semaphore(0);

    private Watch(String key) {
      this.key = key;
    }

    /** As if there were a change. */
    void wake() {
      change.release();
    }

    /**
     * Waits for a change since the last call; those that came together count as one.
     *
     * @return whether there was one in time
     * @throws UnavailableException when this instance stops
     */
    public boolean await(Duration limit) {
      var changed = Uninterruptibles.tryAcquireUninterruptibly(change, limit);
      change.drainPermits();
      if (stopped) {
        throw new UnavailableException("This instance stops; ask again.", null);
      }
      return changed;
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          key,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
