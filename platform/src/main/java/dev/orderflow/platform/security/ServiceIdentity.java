package dev.orderflow.platform.security;

import dev.orderflow.platform.error.UnavailableException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * This service's own token; fetched when it is needed, by one thread for all, and kept until
 * shortly before it ends. When it does not come, it does not come for all who wait: one after the
 * other they would wait for a silent endpoint as many times as they are.
 */
public final class ServiceIdentity implements Supplier<String> {
  static final String REGISTRATION = "orderflow";

  /** So that one asks, and the others wait; no monitor, for it is held while the token comes. */
  private final ReentrantLock lock = new ReentrantLock();

  private final OAuth2AuthorizedClientManager clients;
  private final OAuth2AuthorizeRequest request;

  /** Of the latest attempt; null when it has brought the token. */
  private volatile @Nullable OAuth2AuthorizationException failure;

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
  public String get() {
    var before = failure;
    lock.lock();
    try {
      var meanwhile = failure;
      if (meanwhile != null && !meanwhile.equals(before)) {
        throw meanwhile;
      }
      var client = clients.authorize(request);
      if (client == null) {
        throw new UnavailableException("The token endpoint gave no token.", null);
      }
      failure = null;
      return client.getAccessToken().getTokenValue();
    } catch (OAuth2AuthorizationException e) {
      failure = e;
      throw new UnavailableException("The token endpoint does not answer.", e);
    } finally {
      lock.unlock();
    }
  }
}
