package dev.orderflow.queryside.cache;

import java.util.Map;

/** Where changes of the source are made known to the caches. */
@FunctionalInterface
public interface ChangedRows<V> {
  /**
   * To be called inside the transaction that makes the change; takes effect after its commit, and
   * never fails it.
   *
   * @param rows as they are after the change, by key; of one without a value it is only told that
   *     it has changed
   */
  void changed(Map<String, Versioned<V>> rows);
}
