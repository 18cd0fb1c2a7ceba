package dev.orderflow.gateway.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtException;

/** Gives the tokens that a sign-in has brought to the browser, as a session. */
final class BrowserSignIn implements OAuth2AuthorizedClientRepository {
  private static final Logger LOG = LoggerFactory.getLogger(BrowserSignIn.class);

  private final Sessions sessions;

  BrowserSignIn(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void saveAuthorizedClient(
      OAuth2AuthorizedClient client,
      Authentication principal,
      HttpServletRequest request,
      HttpServletResponse response) {
    try {
      var session = sessions.begin(client.getAccessToken(), client.getRefreshToken());
      Cookies.SESSION.valueIn(request).ifPresent(sessions::end);
      Cookies.SESSION.set(sessions.seal(session), sessions.rest(session), request, response);
    } catch (IllegalStateException e) {
      LOG.warn("A sign-in has failed, and others will, too: {}", e.getMessage());
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_TOKEN);
    } catch (JwtException e) {
      LOG.warn(
          "The issuer's access tokens cannot be used here: {}. See orderflow.identity.audience.",
          e.getMessage());
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_TOKEN);
    }
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // As Spring Security has it.
  public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
      String clientRegistrationId, Authentication principal, HttpServletRequest request) {
    return null;
  }

  @Override
  public void removeAuthorizedClient(
      String clientRegistrationId,
      Authentication principal,
      HttpServletRequest request,
      HttpServletResponse response) {
    Cookies.SESSION.clear(request, response);
  }
}
