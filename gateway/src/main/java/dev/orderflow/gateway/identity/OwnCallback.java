package dev.orderflow.gateway.identity;

import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Sends codes to one place only: the gateway's own callback at the origin where the browser is,
 * since a gateway may have several names ({@code localhost} and {@code 127.0.0.1}, say). Anything
 * else is refused without a redirect.
 *
 * @param path of the callback
 */
record OwnCallback(String path)
    implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {
  @Override
  public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    var own = ServletUriComponentsBuilder.fromCurrentContextPath().path(path).toUriString();
    if (!own.equals(request.getRedirectUri())) {
      throw new OAuth2AuthorizationCodeRequestAuthenticationException(
          new OAuth2Error(
              OAuth2ErrorCodes.INVALID_REQUEST,
              "OAuth 2.0 Parameter: " + OAuth2ParameterNames.REDIRECT_URI,
              null),
          null);
    }
  }
}
