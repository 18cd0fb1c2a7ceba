package dev.orderflow.gateway.session;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/** The gateway as a client of the issuer, its own or another one. */
interface IssuerClient extends ClientRegistrationRepository {
  /** The one client that there is. */
  String REGISTRATION = "orderflow";

  /** Whether browsers can sign in at all. */
  boolean isThere();

  /**
   * How the gateway is known at the issuer, and where that one is.
   *
   * @throws dev.orderflow.platform.error.UnavailableException when an external issuer has not said
   *     yet
   */
  ClientRegistration registration();

  @Override
  default ClientRegistration findByRegistrationId(String registrationId) {
    return registration();
  }
}
