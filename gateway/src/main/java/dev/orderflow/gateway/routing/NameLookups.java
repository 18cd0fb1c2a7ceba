package dev.orderflow.gateway.routing;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the names of instances looked up again and again. Each service has a thread of its own, so
 * that a name service which is slow about one of them does not keep the others waiting; not a
 * virtual one, since a look-up holds on to its carrier.
 */
final class NameLookups implements AutoCloseable {
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          Service.values().length, Thread.ofPlatform().daemon().name("name-lookup-", 0).factory());
  private final Duration interval;

  /**
   * @param interval how long after a look-up the next one comes
   */
  NameLookups(Duration interval) {
    this.interval = interval;
  }

  /** Begins at once, and goes on. */
  void follow(Instances instances) {
    var _ =
        threads.scheduleWithFixedDelay(
            instances::lookUp, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
