package dev.orderflow.saga.tasks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a failed task is tried again: soon at first, then ever more slowly. */
final class RetryDelays {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MAX_DOUBLINGS = 16;

  private final RandomGenerator random;

  RetryDelays(RandomGenerator random) {
    this.random = random;
  }

  /** Doubles with every attempt; up to half of it is left to chance, so that retries spread. */
  Duration after(int attempt) {
    var doubled = FIRST.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
    var full = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return Duration.ofMillis(random.nextLong(full.toMillis() / 2, full.toMillis() + 1));
  }
}
