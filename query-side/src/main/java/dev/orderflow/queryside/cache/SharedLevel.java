package dev.orderflow.queryside.cache;

import java.util.Collection;
import java.util.Map;

/**
 * L2: what all instances share. Under each key lies an entry or nothing, and for a short time a
 * lease. Each method is one atomic step, and one round trip, but for a miss of a key asked for
 * alone.
 */
interface SharedLevel<V> {
  /** What is found under a key. */
  sealed interface Found<V> {
    /** An entry. */
    record Entry<V>(Versioned<V> entry) implements Found<V> {}

    /** Nothing; the caller has the lease now, and should load. */
    record Leased<V>() implements Found<V> {}

    /** Nothing; somebody else has the lease. */
    record Busy<V>() implements Found<V> {}
  }

  /**
   * Looks up keys, and takes the lease of those under which there is nothing.
   *
   * @param owner of the leases
   * @throws SharedLevelException when there is no answer, or none that can be trusted
   */
  Map<String, Found<V>> read(Collection<String> keys, String owner) throws SharedLevelException;

  /**
   * Puts in what was loaded under a lease, where the lease is still the owner's, and gives the
   * leases back. A key of which there is nothing to show gets no entry: of such keys there is no
   * end.
   */
  void fill(Map<String, Versioned<V>> loaded, String owner) throws SharedLevelException;

  /**
   * Brings the entries that are there forward and voids every lease, for what is being loaded may
   * be older; then announces each change. Nothing is put in where nothing is: a write that comes
   * late could not be told from a new one.
   */
  void write(Map<String, Versioned<V>> current) throws SharedLevelException;
}
