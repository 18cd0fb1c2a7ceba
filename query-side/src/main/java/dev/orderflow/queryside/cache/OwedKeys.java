package dev.orderflow.queryside.cache;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** The keys whose newest version L2 may not have. */
interface OwedKeys {
  /**
   * A key that is owed.
   *
   * @param age how long there has been a version that L2 may not have
   */
  record Owed(String key, Duration age) {}

  /** Those that have been owed longest, the oldest first. */
  List<Owed> oldest(int count);

  /**
   * L2 has these versions. What has become newer since stays owed, from when they were read.
   *
   * @param readBefore how long ago that was, at least
   */
  void settle(SortedMap<String, Long> versions, Duration readBefore);
}
