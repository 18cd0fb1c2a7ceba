package dev.orderflow.gateway.identity;

import dev.orderflow.gateway.session.BrowserClient;
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
 */
final class OwnCallback implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {
  @Override
  public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
    var own =
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path(BrowserClient.CALLBACK)
            .toUriString();
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
