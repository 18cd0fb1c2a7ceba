package dev.orderflow.queryside.rebuild;

import org.jspecify.annotations.Nullable;

/**
 * What a comparison of two generations has found.
 *
 * @param generation the one that was built to be compared with the one that serves
 * @param compared how many rows
 * @param differing how many of them are not what a replay makes
 * @param firstDifference the first of these by key, and how it differs; null when there is none
 */
record ComparisonOutcome(
    int generation, State state, long compared, long differing, @Nullable String firstDifference) {
  enum State {
    EQUAL,
    DIFFERENT,
    CANCELLED
  }

  static ComparisonOutcome cancelled(int generation) {
    return new ComparisonOutcome(generation, State.CANCELLED, 0, 0, null);
  }
}
