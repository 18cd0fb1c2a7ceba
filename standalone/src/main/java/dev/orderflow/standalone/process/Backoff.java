package dev.orderflow.standalone.process;

import java.time.Duration;

/**
 * How long to wait before the next restart: at first almost nothing, then twice as long each time,
 * up to a limit.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** A process that lived this long is taken for healthy: its next death is a first one again. */
  private static final Duration HEALTHY = Duration.ofSeconds(20);

  private Duration next = FIRST;

  /** The wait after a life of the given length. */
  Duration after(Duration life) {
    if (life.compareTo(HEALTHY) >= 0) {
      next = FIRST;
    }
    var delay = next;
    var doubled = delay.multipliedBy(2);
    next = doubled.compareTo(LIMIT) > 0 ? LIMIT : doubled;
    return delay;
  }
}
