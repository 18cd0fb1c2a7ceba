package dev.orderflow.gateway.session;

import java.util.Base64;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;

/**
 * The gateway as a client of its own issuer. It redeems codes at the instance that it is itself, so
 * each instance makes a secret for itself.
 *
 * @param id its name
 * @param secret known to this process only
 */
public record BrowserClient(String id, String secret) {
  /** The path to which browsers come back from an issuer. */
  public static final String CALLBACK = "/sign-in/callback";

  /** With a new secret. */
  static BrowserClient make() {
    var secrets = new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding());
    return new BrowserClient("browser", secrets.generateKey());
  }

  @Override
  public String toString() {
    return "BrowserClient[" + id + "]";
  }
}
