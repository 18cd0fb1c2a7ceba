package dev.orderflow.gateway.session;

import dev.orderflow.gateway.http.OwnAddress;
import dev.orderflow.platform.security.Scope;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/**
 * The gateway as a client of its own issuer: browsers find that one at the origin where they are,
 * and codes are redeemed in this very process, whatever its address is outside.
 *
 * @param issuer as tokens name it
 * @param here known when the first browser comes
 */
record OwnIssuer(BrowserClient client, String issuer, OwnAddress here) implements IssuerClient {
  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public ClientRegistration registration() {
    return ClientRegistration.withRegistrationId(REGISTRATION)
        .clientId(client.id())
        .clientSecret(client.secret())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
        .redirectUri("{baseUrl}" + BrowserClient.CALLBACK)
        .scope(OidcScopes.OPENID, Scope.CUSTOMER.value(), Scope.STAFF.value())
        .authorizationUri("/oauth2/authorize")
        .tokenUri(here.url() + "/oauth2/token")
        .jwkSetUri(here.url() + "/oauth2/jwks")
        .issuerUri(issuer)
        .userNameAttributeName(IdTokenClaimNames.SUB)
        .build();
  }
}
