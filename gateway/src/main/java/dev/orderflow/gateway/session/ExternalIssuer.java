package dev.orderflow.gateway.session;

import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.security.IssuerDescription;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClientException;

/**
 * The gateway as a client of an OpenID Connect issuer, which is asked for its addresses when the
 * first browser comes (OpenID Connect Discovery 1.0): it need not be there before.
 */
final class ExternalIssuer implements IssuerClient {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalIssuer.class);

  private final @Nullable String issuerUri;
  private final SessionProperties properties;
  private volatile @Nullable ClientRegistration known;

  /**
   * @param issuerUri as tokens name it; null when tokens are only verified, and no browser signs in
   */
  ExternalIssuer(@Nullable String issuerUri, SessionProperties properties) {
    this.issuerUri = issuerUri;
    this.properties = properties;
  }

  @Override
  public boolean isThere() {
    return properties.clientId() != null && issuerUri != null;
  }

  @Override
  public ClientRegistration registration() {
    var registration = known;
    if (registration == null) {
      registration = discover();
      known = registration;
    }
    return registration;
  }

  private ClientRegistration discover() {
    try {
      return ClientRegistrations.fromOidcConfiguration(
              new IssuerDescription(Objects.requireNonNull(issuerUri)).fetch())
          .registrationId(REGISTRATION)
          .clientId(Objects.requireNonNull(properties.clientId()))
          .clientSecret(properties.clientSecret())
          .clientAuthenticationMethod(
              properties.clientSecret() == null
                  ? ClientAuthenticationMethod.NONE
                  : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
          .clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
          .redirectUri("{baseUrl}" + BrowserClient.CALLBACK)
          .scope(properties.scopes())
          .build();
    } catch (RestClientException | IllegalArgumentException e) {
      LOG.warn(
          "The issuer {} does not answer with its description, so users cannot sign in. The next"
              + " sign-in asks again: {}",
          issuerUri,
          e.toString());
      throw new UnavailableException("Signing in is not possible at the moment; try again.", e);
    }
  }
}
