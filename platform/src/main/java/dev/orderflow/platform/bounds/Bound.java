package dev.orderflow.platform.bounds;

import dev.orderflow.platform.error.OverloadedException;
import dev.orderflow.platform.error.UnavailableException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of something there may be at a time, in all and of each caller. What exceeds a bound is
 * refused at once and never waits. A caller meets its own bound before the one for all, as long as
 * its own is the lower one.
 */
public final class Bound {
  private final String what;
  private final long max;
  private final long maxPerCaller;
  private final AtomicLong held = new AtomicLong();
  private final ConcurrentMap<String, Long> ofCallers = new ConcurrentHashMap<>();

  /**
   * @param what there may be too much of, in words that a caller may read: "requests"
   * @param max in all
   * @param maxPerCaller of one caller
   */
  public Bound(String what, long max, long maxPerCaller) {
    this.what = what;
    this.max = max;
    this.maxPerCaller = maxPerCaller;
  }

  /** How much there is at the moment. */
  public long held() {
    return held.get();
  }

  /**
   * Takes an amount, which is to be given back.
   *
   * @throws OverloadedException when the caller would hold too much
   * @throws UnavailableException when all callers together would
   */
  public void take(String caller, long amount) {
    ofCallers.compute(
        caller,
        (_, known) -> {
          var sum = (known == null ? 0 : known) + amount;
          if (sum > maxPerCaller) {
            throw new OverloadedException(
                "You have too many %s under way at once; wait for some to end.".formatted(what));
          }
          return sum;
        });
    if (held.addAndGet(amount) > max) {
      giveBack(caller, amount);
      throw new UnavailableException(
          "Too many %s are under way; try again.".formatted(what),
          new OverloadedException("At most %d at once.".formatted(max)));
    }
  }

  /** Gives an amount back that was taken. */
  public void giveBack(String caller, long amount) {
    held.addAndGet(-amount);
    ofCallers.computeIfPresent(caller, (_, known) -> known == amount ? null : known - amount);
  }
}
