package dev.orderflow.queryside.cache;

import java.util.Collection;
import java.util.Map;

/** Where the truth is: rows in the database. */
@FunctionalInterface
public interface ViewSource<V> {
  /** What is there now. Keys of which there is nothing at all may be left out. */
  Map<String, Versioned<V>> read(Collection<String> keys);
}
