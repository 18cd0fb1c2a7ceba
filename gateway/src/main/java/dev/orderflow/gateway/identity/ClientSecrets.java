package dev.orderflow.gateway.identity;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks a client's secret where guessing is slowed down, and leaves what else there is to check to
 * Spring Authorization Server.
 *
 * @param next checks the rest, such as the code's verifier
 */
record ClientSecrets(Clients clients, AuthenticationProvider next)
    implements AuthenticationProvider {
  @Override
  public @Nullable Authentication authenticate(Authentication authentication) {
    var details = (WebAuthenticationDetails) Objects.requireNonNull(authentication.getDetails());
    var known =
        clients.authenticate(
            authentication.getName(),
            String.valueOf(authentication.getCredentials()),
            details.getRemoteAddress());
    if (known.isEmpty()) {
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }
    return next.authenticate(authentication);
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
