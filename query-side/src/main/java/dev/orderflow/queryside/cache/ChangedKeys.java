package dev.orderflow.queryside.cache;

import java.util.SortedMap;

/** Where a change of the source is made known to the caches. */
@FunctionalInterface
public interface ChangedKeys {
  /**
   * To be called inside the transaction that makes the change.
   *
   * @param versions of the keys, after the change
   */
  void changed(SortedMap<String, Long> versions);
}
