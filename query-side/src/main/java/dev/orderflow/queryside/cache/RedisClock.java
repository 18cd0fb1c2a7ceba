package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the clock of Redis has shown, so that how long an entry lives is counted by that clock
 * alone: a command that is late, on whatever way, finds that its time is over.
 */
final class RedisClock {
  /** Two clocks do not run apart noticeably meanwhile. */
  private static final Duration GOOD_FOR = Duration.ofSeconds(10);

  private final Ticker ticker;
  private volatile @Nullable Reading last;

  RedisClock(Ticker ticker) {
    this.ticker = ticker;
  }

  private record Reading(long millis, long readAt) {}

  /** Redis has answered that it is this time, in milliseconds. */
  void shows(long millis) {
    last = new Reading(millis, ticker.read());
  }

  /**
   * A time in milliseconds at which the clock was no later than at a time of ours; 0, which is long
   * ago, while that is not known. The answer with the time has come after the time it tells, so
   * this errs on the early side.
   */
  long at(long nanos) {
    var reading = last;
    return reading == null || nanos - reading.readAt() > GOOD_FOR.toNanos()
        ? 0
        : reading.millis() - Math.ceilDiv(reading.readAt() - nanos, 1_000_000);
  }
}
