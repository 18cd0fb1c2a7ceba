package dev.orderflow.queryside.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** The keys whose newest version L2 may not have. */
interface OwedKeys {
  /**
   * A key that is owed.
   *
   * @param since when there came a version that L2 may not have
   * @param seen when that was looked at, by the same clock
   */
  record Owed(String key, Instant since, Instant seen) {
    Duration age() {
      return Duration.between(since, seen);
    }

    /** A clock that was set back says nothing about an age: the key is due. */
    boolean isDue(Duration minAge) {
      return age().isNegative() || age().compareTo(minAge) >= 0;
    }
  }

  /** Those that have been owed longest, the oldest first. */
  List<Owed> oldest(int count);

  /**
   * L2 has these versions. What has become newer since stays owed, but not for longer than from
   * this time on.
   *
   * @param readAfter the versions were read after this, by the clock of the looks
   */
  void settle(SortedMap<String, Long> versions, Instant readAfter);
}
