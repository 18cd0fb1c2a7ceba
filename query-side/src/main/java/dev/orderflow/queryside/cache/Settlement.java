package dev.orderflow.queryside.cache;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * Gives L2 what it is owed, and finds out how far it is behind. Any instance can do it, several at
 * once too: entries only move forward, and what is announced twice is heard once.
 */
final class Settlement<V> {
  private static final int AT_ONCE = 500;

  private final OwedKeys owed;
  private final ViewSource<V> source;
  private final SharedLevel<V> shared;
  private final SharedTrust trust;
  private final CacheProperties.Shared settings;
  private final CacheMeters meters;
  private final Ticker ticker;

  Settlement(
      OwedKeys owed,
      ViewSource<V> source,
      SharedLevel<V> shared,
      SharedTrust trust,
      CacheProperties.Shared settings,
      CacheMeters meters,
      Ticker ticker) {
    this.owed = owed;
    this.source = source;
    this.shared = shared;
    this.trust = trust;
    this.settings = settings;
    this.meters = meters;
    this.ticker = ticker;
  }

  /** Shows for how long L2 has been owed a change; that is seen without L2, too. */
  void look() {
    meters.behind(
        owed.oldest(1).stream().map(OwedKeys.Owed::age).findFirst().orElse(Duration.ZERO));
  }

  /**
   * One round.
   *
   * @param minAge what has been owed for less time is left alone; at most twice the interval of the
   *     checks
   * @return whether there may be more that is due
   * @throws SharedLevelException when L2 cannot be reached: everything stays owed
   */
  boolean settle(Duration minAge) throws SharedLevelException {
    var looked = ticker.read();
    var oldest = owed.oldest(AT_ONCE);
    var due = oldest.stream().filter(key -> key.isDue(minAge)).toList();
    if (!due.isEmpty()) {
      settle(due);
    }
    // What L2 lacks now is younger than that, or there is more that is due.
    var all = due.size() < AT_ONCE;
    if (all) {
      trust.holdsUntil(looked + settings.checkInterval().multipliedBy(2).toNanos());
    }
    return !all;
  }

  private void settle(List<OwedKeys.Owed> due) throws SharedLevelException {
    var begun = ticker.read();
    var rows = source.read(due.stream().map(OwedKeys.Owed::key).toList());
    var versions = new TreeMap<String, Long>();
    rows.forEach((key, found) -> versions.put(key, found.version()));
    shared.write(rows);
    var took = Duration.ofNanos(ticker.read() - begun);
    owed.settle(versions, due.getFirst().seen());
    due.forEach(key -> meters.settled(key.age().plus(took)));
  }
}
