package dev.orderflow.platform.consumption;

import java.time.Duration;
import java.util.Map;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How our consumers treat a failed batch: it comes again until it is done; none is skipped. */
final class RetryForever {
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  private RetryForever() {}

  /** For one container. */
  static DefaultErrorHandler errorHandler() {
    var backOff = new ExponentialBackOff(FIRST_RETRY.toMillis(), 2);
    backOff.setMaxInterval(LONGEST_RETRY.toMillis());
    var errorHandler = new DefaultErrorHandler(backOff);
    // By default some kinds of exceptions are taken to be hopeless, and their records are skipped.
    errorHandler.setClassifications(Map.of(), true);
    return errorHandler;
  }
}
