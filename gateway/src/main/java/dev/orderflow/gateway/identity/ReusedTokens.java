package dev.orderflow.gateway.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Gives a program the token that it has for these scopes already, as long as most of its life is
 * left, since signing costs more than all else that a request does.
 */
final class ReusedTokens implements OAuth2TokenGenerator<Jwt> {
  private final OAuth2TokenGenerator<Jwt> tokens;
  private final InstantSource clock;
  private final ConcurrentMap<Grant, Jwt> issued = new ConcurrentHashMap<>();

  /**
   * @param tokens makes them
   */
  ReusedTokens(OAuth2TokenGenerator<Jwt> tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public @Nullable Jwt generate(OAuth2TokenContext context) {
    if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())
        || !OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
      return tokens.generate(context);
    }
    var now = clock.instant();
    var lifetime = context.getRegisteredClient().getTokenSettings().getAccessTokenTimeToLive();
    var token =
        issued.compute(
            new Grant(
                context.getRegisteredClient().getClientId(),
                new TreeSet<>(context.getAuthorizedScopes())),
            (_, known) ->
                known != null && isFresh(known, now, lifetime) ? known : tokens.generate(context));
    return token == null ? null : asOfNow(token, now);
  }

  private static boolean isFresh(Jwt token, Instant now, Duration lifetime) {
    return now.plus(lifetime.dividedBy(2)).isBefore(endOf(token));
  }

  private static Instant endOf(Jwt token) {
    return Objects.requireNonNull(token.getExpiresAt());
  }

  /**
   * The answer says how long the token is still valid, counted from when it was issued; a token
   * counts whole seconds.
   */
  private static Jwt asOfNow(Jwt token, Instant now) {
    return new Jwt(
        token.getTokenValue(),
        now.truncatedTo(ChronoUnit.SECONDS),
        endOf(token),
        token.getHeaders(),
        token.getClaims());
  }

  /**
   * @param scopes in the order of the alphabet, however they were asked for
   */
  private record Grant(String clientId, SortedSet<String> scopes) {}
}
