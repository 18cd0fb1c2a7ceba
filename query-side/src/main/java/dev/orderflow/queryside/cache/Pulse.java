package dev.orderflow.queryside.cache;

import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether there is somebody at the other end of a connection. A host that vanishes says nothing,
 * and TCP waits for minutes.
 */
final class Pulse {
  private static final int MOST_MISSED = 8;

  private int missed;

  /**
   * Waits for the answer to a ping.
   *
   * @param dead what to do with a connection that has not answered several times in a row
   * @throws SharedLevelException when there is no answer
   */
  void check(RedisFuture<String> ping, Duration timeout, Runnable dead)
      throws SharedLevelException, InterruptedException {
    try {
      ping.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      missed = 0;
    } catch (ExecutionException | TimeoutException e) {
      missed++;
      if (missed == MOST_MISSED) {
        missed = 0;
        dead.run();
      }
      throw new SharedLevelException("Redis does not answer: " + e);
    }
  }
}
