package dev.orderflow.gateway.identity;

import java.time.Duration;

/** A sign-in that comes too soon after others that failed. */
final class SignInPausedException extends RuntimeException {
  private final Duration rest;

  /**
   * @param rest of the pause
   */
  SignInPausedException(Duration rest) {
    super("This client's secret was wrong too often; wait a little.", null, false, false);
    this.rest = rest;
  }

  /** After how many seconds another attempt is worth it. */
  long retryAfterSeconds() {
    return rest.plusMillis(999).toSeconds();
  }
}
