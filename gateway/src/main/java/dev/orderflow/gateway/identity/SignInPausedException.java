package dev.orderflow.gateway.identity;

import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/** A sign-in that comes too soon after others that failed. */
final class SignInPausedException extends OAuth2AuthenticationException {
  private final Duration rest;

  /**
   * @param rest of the pause
   */
  SignInPausedException(Duration rest) {
    super(
        new OAuth2Error("temporarily_unavailable"),
        "This client's secret was wrong too often; wait a little.");
    this.rest = rest;
  }

  /** After how many seconds another attempt is worth it. */
  long retryAfterSeconds() {
    return rest.plusMillis(999).toSeconds();
  }
}
