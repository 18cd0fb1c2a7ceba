package dev.orderflow.queryside.cache;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * L2: what all instances share. It may lose anything at any time, but keeps no row for longer than
 * its time to live, counted from when the row was true; and never the older one of two.
 */
interface SharedLevel<V> {
  /** What is kept of the keys; nothing of any while there is no answer. Waits for it, briefly. */
  Map<String, Versioned<V>> read(Collection<String> keys);

  /** A moment that has passed, on the clock by which its entries end. Does not wait. */
  long time();

  /**
   * Keeps rows as well as it can. Does not wait.
   *
   * @param trueAt what {@link #time} was before they were read
   */
  void keep(Map<String, Versioned<V>> rows, long trueAt);

  /** Keeps rows likewise, and then tells all instances that they have changed. */
  void announce(Map<String, Versioned<V>> rows, long trueAt);

  /**
   * Begins to connect, and to listen.
   *
   * @param changes is told what is announced; must not block
   */
  void start(Consumer<ViewFormat.Change> changes);

  /** Lets go of all connections. */
  void stop();
}
