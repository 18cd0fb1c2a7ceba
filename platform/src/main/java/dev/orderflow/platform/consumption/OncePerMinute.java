package dev.orderflow.platform.consumption;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/** Lets one line a minute into the log about something that may happen a thousand times. */
public final class OncePerMinute {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Clock clock;
  private final AtomicReference<Instant> due = new AtomicReference<>(Instant.MIN);
  private final AtomicLong untold = new AtomicLong();

  /** By this clock. */
  public OncePerMinute(Clock clock) {
    this.clock = clock;
  }

  /**
   * It has happened.
   *
   * @param line writes it, when a minute is over since the last one; is told how often it has
   *     happened since, this time included
   */
  public void happened(LongConsumer line) {
    untold.incrementAndGet();
    var now = clock.instant();
    var next = due.get();
    if (!now.isBefore(next) && due.compareAndSet(next, now.plus(PAUSE))) {
      line.accept(untold.getAndSet(0));
    }
  }
}
