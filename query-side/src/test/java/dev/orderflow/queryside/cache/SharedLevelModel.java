package dev.orderflow.queryside.cache;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** What L2 is, in plain words: held against Redis by {@link SharedLevelContract}. */
final class SharedLevelModel implements SharedLevel<String> {
  private final Map<String, Versioned<String>> entries = new HashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private final LongSupplier clock;
  private final long leaseNanos;
  private final BiConsumer<String, Long> announce;

  private record Lease(String owner, long endsAt) {}

  SharedLevelModel(LongSupplier clock, long leaseNanos, BiConsumer<String, Long> announce) {
    this.clock = clock;
    this.leaseNanos = leaseNanos;
    this.announce = announce;
  }

  @Override
  public Map<String, Found<String>> read(Collection<String> keys, String owner) {
    var found = new LinkedHashMap<String, Found<String>>();
    for (var key : keys) {
      var entry = entries.get(key);
      if (entry != null) {
        found.put(key, new Found.Entry<>(entry));
      } else if (isFree(key)) {
        leases.put(key, new Lease(owner, clock.getAsLong() + leaseNanos));
        found.put(key, new Found.Leased<>());
      } else {
        found.put(key, new Found.Busy<>());
      }
    }
    return found;
  }

  private boolean isFree(String key) {
    var lease = leases.get(key);
    return lease == null || lease.endsAt() <= clock.getAsLong();
  }

  @Override
  public void fill(Map<String, Versioned<String>> loaded, String owner) {
    loaded.forEach((key, found) -> {
      if (!isFree(key) && leases.get(key).owner().equals(owner)) {
        var current = entries.get(key);
        if (found.value() != null && (current == null || current.version() < found.version())) {
          entries.put(key, found);
        }
        leases.remove(key);
      }
    });
  }

  @Override
  public void write(Map<String, Versioned<String>> current) {
    current.forEach((key, now) -> {
      var before = entries.get(key);
      if (before != null && before.version() <= now.version()) {
        if (now.value() == null) {
          entries.remove(key);
        } else {
          entries.put(key, now);
        }
      }
      leases.remove(key);
      announce.accept(key, now.version());
    });
  }

  /** As Redis does when memory runs out. */
  void evict(String key) {
    entries.remove(key);
  }

  void evictLease(String key) {
    leases.remove(key);
  }

  void flush() {
    entries.clear();
    leases.clear();
  }

  /** The version that is kept, or -1. */
  long version(String key) {
    var entry = entries.get(key);
    return entry == null ? -1 : entry.version();
  }
}
