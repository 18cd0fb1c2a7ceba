package dev.orderflow.gateway.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** A client that asks for client credentials without a scope gets all that it may have. */
final class WholeScope implements AuthenticationConverter {
  private final AuthenticationConverter requests =
      new OAuth2ClientCredentialsAuthenticationConverter();

  @Override
  public @Nullable Authentication convert(HttpServletRequest request) {
    var asked = requests.convert(request);
    if (asked instanceof OAuth2ClientCredentialsAuthenticationToken grant
        && grant.getScopes().isEmpty()
        && grant.getPrincipal() instanceof OAuth2ClientAuthenticationToken client) {
      return new OAuth2ClientCredentialsAuthenticationToken(
          client,
          Objects.requireNonNull(client.getRegisteredClient()).getScopes(),
          grant.getAdditionalParameters());
    }
    return asked;
  }
}
