package dev.orderflow.platform.security;

import dev.orderflow.platform.error.UnavailableException;
import java.util.function.Supplier;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * This service's own token; fetched when it is needed, by one thread for all, and kept until
 * shortly before it ends.
 */
public final class ServiceIdentity implements Supplier<String> {
  static final String REGISTRATION = "orderflow";

  private final OAuth2AuthorizedClientManager clients;
  private final OAuth2AuthorizeRequest request;

  ServiceIdentity(OAuth2AuthorizedClientManager clients, String clientId) {
    this.clients = clients;
    this.request =
        OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION).principal(clientId).build();
  }

  /**
   * The token.
   *
   * @throws UnavailableException when the token endpoint does not answer
   */
  @Override
  public synchronized String get() {
    try {
      var client = clients.authorize(request);
      if (client == null) {
        throw new UnavailableException("The token endpoint gave no token.", null);
      }
      return client.getAccessToken().getTokenValue();
    } catch (OAuth2AuthorizationException e) {
      throw new UnavailableException("The token endpoint does not answer.", e);
    }
  }
}
