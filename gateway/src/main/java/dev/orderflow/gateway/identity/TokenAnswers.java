package dev.orderflow.gateway.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a token request: RFC 6749, section 5.1, with whole seconds and the scopes in the order of
 * the alphabet. Spring's own answer counts what is left of a token when it is written, which is a
 * second less than was agreed.
 *
 * @param json writes it
 */
record TokenAnswers(JsonMapper json) implements AuthenticationSuccessHandler {
  @Override
  public void onAuthenticationSuccess(
      HttpServletRequest request, HttpServletResponse response, Authentication grant)
      throws IOException {
    var granted = (OAuth2AccessTokenAuthenticationToken) grant;
    var token = granted.getAccessToken();
    var answer = new LinkedHashMap<String, Object>();
    answer.put(OAuth2ParameterNames.ACCESS_TOKEN, token.getTokenValue());
    answer.put(OAuth2ParameterNames.TOKEN_TYPE, token.getTokenType().getValue());
    answer.put(
        OAuth2ParameterNames.EXPIRES_IN,
        ChronoUnit.SECONDS.between(token.getIssuedAt(), token.getExpiresAt()));
    answer.put(OAuth2ParameterNames.SCOPE, String.join(" ", new TreeSet<>(token.getScopes())));
    if (granted.getRefreshToken() != null) {
      answer.put(OAuth2ParameterNames.REFRESH_TOKEN, granted.getRefreshToken().getTokenValue());
    }
    answer.putAll(granted.getAdditionalParameters());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    json.writeValue(response.getOutputStream(), answer);
  }
}
