package dev.orderflow.standalone.process;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a running process does not answer any more. A process that is merely slow answers
 * now and then: it takes several misses in a row, over a time.
 */
final class LifeWatch {
  private static final int FEWEST_MISSES = 3;

  private final Poll.Question liveness;
  private final Duration interval;
  private final Duration patience;
  private final Poll poll;
  private final BooleanSupplier isWanted;
  private final Runnable hangs;
  private @Nullable Long silentSince;
  private int misses;

  /**
   * @param interval from one question to the next
   * @param patience how long all answers must be missing
   * @param isWanted whether the process runs and is to run
   * @param hangs called once, when it does not answer any more
   */
  LifeWatch(
      Poll.Question liveness,
      Duration interval,
      Duration patience,
      Poll poll,
      BooleanSupplier isWanted,
      Runnable hangs) {
    this.liveness = liveness;
    this.interval = interval;
    this.patience = patience;
    this.poll = poll;
    this.isWanted = isWanted;
    this.hangs = hangs;
  }

  void begin() {
    poll.after(interval, this::look);
  }

  private void look() {
    var asked = System.nanoTime();
    try {
      if (!isWanted.getAsBoolean()) {
        return;
      }
      if (answers()) {
        silentSince = null;
        misses = 0;
      } else if (isTooLong(asked) && isWanted.getAsBoolean()) {
        hangs.run();
        return;
      }
      begin();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      return liveness.holds();
    } catch (IOException silent) {
      return false;
    }
  }

  private boolean isTooLong(long asked) {
    misses++;
    if (silentSince == null) {
      silentSince = asked;
    }
    return misses >= FEWEST_MISSES && System.nanoTime() - silentSince >= patience.toNanos();
  }
}
