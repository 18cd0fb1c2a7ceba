package dev.orderflow.queryside.cache;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What Redis does with L2, in plain words: held against the real one by {@link RedisContract}. */
final class RedisModel {
  private final Map<String, Entry> entries = new HashMap<>();
  private final LongSupplier millis;

  private record Entry(Versioned<String> row, long until) {}

  /**
   * @param millis its clock
   */
  RedisModel(LongSupplier millis) {
    this.millis = millis;
  }

  Map<String, Versioned<String>> read(Collection<String> keys) {
    var found = new HashMap<String, Versioned<String>>();
    keys.forEach(key -> {
      var entry = entries.get(key);
      if (entry != null && millis.getAsLong() < entry.until()) {
        found.put(key, entry.row());
      }
    });
    return found;
  }

  /** Answers its time. */
  long forward(Map<String, Versioned<String>> rows, long trueAt, long life) {
    var now = millis.getAsLong();
    var left = Math.min(trueAt + life - now, life);
    rows.forEach((key, row) -> {
      var kept = read(rows.keySet()).get(key);
      if (left > 0 && row.value() != null && (kept == null || kept.version() <= row.version())) {
        entries.put(key, new Entry(row, now + left));
      }
    });
    return now;
  }

  /** As a replica does. */
  void copy(RedisModel other) {
    entries.clear();
    entries.putAll(other.entries);
  }

  /** As it does when memory runs out. */
  void evict(String key) {
    entries.remove(key);
  }

  void flush() {
    entries.clear();
  }
}
