package dev.orderflow.platform.liveness;

import java.time.Duration;

/** When a loop made its last step. Written by the loop, read by any thread. */
public final class Steps {
  private volatile boolean going;
  private volatile long last = System.nanoTime();

  /** The loop goes round. */
  public void step() {
    last = System.nanoTime();
    going = true;
  }

  /** The loop is to end, and no step is expected any more. */
  public void end() {
    going = false;
  }

  /** How long ago the last step was; zero before the first and after the end. */
  public Duration sinceLast() {
    return going ? Duration.ofNanos(System.nanoTime() - last) : Duration.ZERO;
  }
}
