package dev.orderflow.platform.liveness;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives virtual threads more carriers while those that there are stand still. One that loads or
 * initialises a class cannot leave its carrier while it waits, and there are only as many as
 * processors: at a start, two can wait for a third that has none, for ever. More of them all the
 * time would cost throughput.
 *
 * @see <a href="https://openjdk.org/jeps/491">JEP 491</a>
 */
final class SpareCarriers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpareCarriers.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int PATIENCE_SECONDS = 4;
  private static final Duration KEPT_FOR = Duration.ofMinutes(1);
  private static final int MOST = 64;

  // Obtained before anything stands still: it may be for a class that nothing can be loaded then.
  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final int usual = scheduler.getParallelism();
  private long addedNanos;
  private final Thread watch =
      Thread.ofPlatform().daemon().name("spare-carriers").start(this::watch);

  private void watch() {
    try {
      while (true) {
        if (!isCarried()) {
          addCarriers();
        } else if (scheduler.getParallelism() > usual
            && System.nanoTime() - addedNanos > KEPT_FOR.toNanos()) {
          scheduler.setParallelism(usual);
        }
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a new virtual thread gets a carrier. */
  private static boolean isCarried() throws InterruptedException {
    var runs = new CountDownLatch(1);
    Thread.startVirtualThread(runs::countDown);
    // Several times, so that a process that was frozen is not taken for one that stands still.
    for (var second = 0; second < PATIENCE_SECONDS; second++) {
      if (runs.await(1, TimeUnit.SECONDS)) {
        return true;
      }
    }
    return false;
  }

  private void addCarriers() {
    var before = scheduler.getParallelism();
    var now = Math.min(2 * before, MOST);
    if (now > before) {
      addedNanos = System.nanoTime();
      scheduler.setParallelism(now);
      LOG.warn(
          "No virtual thread got a carrier for {} s: there are {} now, {} before",
          PATIENCE_SECONDS,
          now,
          before);
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
