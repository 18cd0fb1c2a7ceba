package dev.orderflow.queryside.rebuild;

import org.jspecify.annotations.Nullable;

/**
 * What a comparison of two generations has found.
 *
 * @param compared how many rows
 * @param differing how many of them are not what a replay makes
 * @param firstDifference the first of these by key, and how it differs; null when there is none
 */
record ComparisonOutcome(
    State state, long compared, long differing, @Nullable String firstDifference) {
  static final ComparisonOutcome CANCELLED = new ComparisonOutcome(State.CANCELLED, 0, 0, null);

  enum State {
    EQUAL,
    DIFFERENT,
    CANCELLED
  }
}
