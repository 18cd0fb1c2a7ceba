package dev.orderflow.saga.tasks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a failed task is tried again: soon at first, then ever more slowly. An outage is looked
 * after every few seconds, for all that it holds up goes on when it is over; what fails by itself
 * ever more seldom.
 */
final class RetryDelays {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MAX_DOUBLINGS = 16;

  private final RandomGenerator random;
  private final Duration firstPause;
  private final Duration longestPause;

  /**
   * @param firstPause before what has failed by itself once is tried again
   * @param longestPause between two of its tries
   */
  RetryDelays(RandomGenerator random, Duration firstPause, Duration longestPause) {
    this.random = random;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
  }

  /** After a failure of the surroundings. */
  Duration after(int attempt) {
    return doubled(FIRST, attempt, LONGEST);
  }

  /** After a failure of its own. */
  Duration after(OwnFailureException failure, int times) {
    return doubled(failure.isPressing() ? firstPause : longestPause, times, longestPause);
  }

  /** Doubles with every attempt; up to half of it is left to chance, so that retries spread. */
  private Duration doubled(Duration first, int attempt, Duration longest) {
    var doubled = first.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
    var full = doubled.compareTo(longest) < 0 ? doubled : longest;
    return Duration.ofMillis(random.nextLong(full.toMillis() / 2, full.toMillis() + 1));
  }
}
