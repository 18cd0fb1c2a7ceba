package dev.orderflow.commandside.audit;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What was found. Its size is bounded, however much that is. */
final class Findings {
  private final Map<HistoryRule, Broken> broken = new EnumMap<>(HistoryRule.class);
  private final Map<String, UnderWay> underWay = new TreeMap<>();

  /**
   * A rule that does not hold.
   *
   * @param at the place of the first event that breaks it
   * @param first the first event that breaks it, and how
   * @param times how often it is broken
   */
  record Broken(long at, String first, long times) {
    private Broken and(Broken other) {
      var earlier = other.at < at ? other : this;
      return new Broken(earlier.at, earlier.first, times + other.times);
    }
  }

  /**
   * What has not come to its end yet.
   *
   * @param oldest when the oldest one began to wait
   */
  record UnderWay(long count, Instant oldest) {
    private UnderWay and(UnderWay other) {
      return new UnderWay(
          count + other.count, oldest.isBefore(other.oldest) ? oldest : other.oldest);
    }
  }

  /** The event breaks the rule. */
  void broken(HistoryRule rule, StoredEvent event, String how) {
    broken(rule, event.globalIndex(), "%s: %s".formatted(event, how));
  }

  /** An event that may not even be readable breaks the rule. */
  void broken(HistoryRule rule, long globalIndex, String how) {
    broken.merge(rule, new Broken(globalIndex, how, 1), Broken::and);
  }

  /** Something has waited since this event. */
  void underWay(String what, StoredEvent since) {
    underWay.merge(what, new UnderWay(1, since.event().timestamp()), UnderWay::and);
  }

  /** By rule; a rule that is not in it holds. */
  Map<HistoryRule, Broken> broken() {
    return broken;
  }

  /** By what it is that waits. */
  Map<String, UnderWay> underWay() {
    return underWay;
  }
}
