package dev.orderflow.gateway.session;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The gateway as a client of its own issuer. It redeems codes at the instance that it is itself, so
 * each instance makes a secret for itself.
 *
 * @param id its name
 * @param secret known to this process only
 */
public record BrowserClient(String id, String secret) {
  /** The path to which browsers come back from an issuer. */
  static final String CALLBACK = "/sign-in/callback";

  private static final int BYTES = 32;

  /** With a new secret. */
  static BrowserClient make() {
    var secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return new BrowserClient(
        "browser", Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** The path to which browsers come back. */
  public String callback() {
    return CALLBACK;
  }

  @Override
  public String toString() {
    return "BrowserClient[" + id + "]";
  }
}
