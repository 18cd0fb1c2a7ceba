package dev.orderflow.queryside.cache;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps a cache going, on a thread of its own: connects to Redis, and settles what L2 is owed, soon
 * after a change of this instance, and from time to time what others have left behind.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final RedisLink link;
  private final Announcements announcements;
  private final Settlement<?> settlement;
  private final CacheProperties.Shared settings;
  private final Semaphore changes = new Semaphore(0);
  private @Nullable Thread thread;
  private boolean well = true;

  Upkeep(
      RedisLink link,
      Announcements announcements,
      Settlement<?> settlement,
      CacheProperties.Shared settings) {
    this.link = link;
    this.announcements = announcements;
    this.settlement = settlement;
    this.settings = settings;
  }

  /** Something has changed here. */
  void changed() {
    changes.release();
  }

  synchronized void start() {
    thread = Thread.ofVirtual().name("cache-upkeep").start(this::run);
  }

  synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
    announcements.close();
    link.close();
  }

  synchronized boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      round(settings.linger());
      while (true) {
        var changed = changes.tryAcquire(settings.checkInterval().toNanos(), TimeUnit.NANOSECONDS);
        if (changed) {
          // Who comes from here on may be too young for this round, and gets another one.
          changes.drainPermits();
          Thread.sleep(settings.linger());
        }
        round(changed ? settings.linger() : settings.checkInterval().multipliedBy(2));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void round(Duration minAge) throws InterruptedException {
    try {
      settlement.look();
      link.connect();
      announcements.connect();
      settleAll(minAge);
      if (!well) {
        LOG.info("Redis is in use again.");
      }
      well = true;
    } catch (SharedLevelException | DataAccessException | TransactionException e) {
      if (well) {
        LOG.warn("The shared cache is not in use for now: {}", e.getMessage());
      }
      well = false;
    } catch (RuntimeException e) {
      // Whatever it is, the next round may do better; without rounds there is no cache.
      if (well) {
        LOG.error("The upkeep of the cache failed", e);
      }
      well = false;
    }
  }

  private void settleAll(Duration minAge) throws SharedLevelException {
    boolean more;
    do {
      more = settlement.settle(minAge);
    } while (more);
  }
}
