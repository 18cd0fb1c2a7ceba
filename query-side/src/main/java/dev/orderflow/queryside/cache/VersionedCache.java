package dev.orderflow.queryside.cache;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Reads by key, fast and a moment old. Within one instance no answer for a key is older than one
 * before it.
 */
public interface VersionedCache<V> {
  /**
   * One key. The answer is there at once when it is in the memory of this instance; this never
   * waits for anything else. Fails with what the source fails with.
   */
  CompletableFuture<Versioned<V>> get(String key);

  /**
   * Several keys, which are looked up together, in L2 and in the source. Otherwise as {@link #get}.
   */
  CompletableFuture<Map<String, Versioned<V>>> getAll(Collection<String> keys);

  /**
   * Somebody was shown this version, read past the cache: from now on no answer is older.
   *
   * @param version of what was shown
   */
  void seen(String key, long version);
}
