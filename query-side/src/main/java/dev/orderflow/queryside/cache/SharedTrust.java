package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;

/** Until when L2 is known not to be far behind. It starts out unknown, and runs out by itself. */
final class SharedTrust {
  private final Ticker ticker;
  private volatile long until;

  SharedTrust(Ticker ticker) {
    this.ticker = ticker;
    this.until = ticker.read();
  }

  boolean holds() {
    return ticker.read() - until < 0;
  }

  /**
   * It has been looked.
   *
   * @param ticks on the ticker, in nanoseconds
   */
  void holdsUntil(long ticks) {
    until = ticks;
  }
}
