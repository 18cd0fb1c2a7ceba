package dev.orderflow.gateway.session;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.orderflow.gateway.seal.EndedIds;
import dev.orderflow.gateway.seal.Purpose;
import dev.orderflow.gateway.seal.Seal;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.security.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/** Opens, renews and ends the sessions of browsers. The sessions themselves are in the cookies. */
final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** An access token is renewed when one part of so many of its life is left. */
  private static final int PARTS = 5;

  /** How long the issuer is left alone after it did not renew a token that still holds. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Requests that were on their way with an old cookie have come by then. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private static final int MOST_REMEMBERED = 10_000;

  private final Seal seal;
  private final EndedIds ended;
  private final IssuerClient issuer;
  private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> tokens;
  private final JwtDecoder verifying;
  private final JwtAuthenticationConverter authorities;
  private final SessionProperties properties;
  private final InstantSource clock;
  private final Cache<String, Renewed> renewed =
      CacheBuilder.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  Sessions(
      Seal seal,
      EndedIds ended,
      IssuerClient issuer,
      OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> tokens,
      JwtDecoder verifying,
      JwtAuthenticationConverter authorities,
      SessionProperties properties,
      InstantSource clock) {
    this.seal = seal;
    this.ended = ended;
    this.issuer = issuer;
    this.tokens = tokens;
    this.verifying = verifying;
    this.authorities = authorities;
    this.properties = properties;
    this.clock = clock;
  }

  /** What a cookie is worth. */
  sealed interface Opened {}

  /**
   * A session.
   *
   * @param token its access token, verified
   * @param isRenewed whether the cookie is to be set anew
   */
  record Current(Session session, Jwt token, boolean isRenewed) implements Opened {}

  /** There is none: it has ended, or the cookie was never ours. */
  record Over() implements Opened {}

  /** The issuer does not answer, so whether the session still holds is not known. */
  record Unknown() implements Opened {}

  /**
   * Begins a session.
   *
   * @throws JwtException when the access token is none that the services would take
   */
  Session begin(OAuth2AccessToken accessToken, @Nullable OAuth2RefreshToken refreshToken) {
    var token = verifying.decode(accessToken.getTokenValue());
    return session(
        UUID.randomUUID().toString(),
        token,
        refreshToken == null ? null : refreshToken.getTokenValue(),
        latestEnd(token));
  }

  /** When a session with this token ends at the latest. */
  private Instant latestEnd(Jwt token) {
    var isStaff =
        Objects.requireNonNull(authorities.convert(token))
            .getAuthorities()
            .contains(new SimpleGrantedAuthority(Scope.STAFF.authority()));
    return clock.instant().plus(isStaff ? properties.staffLifetime() : properties.lifetime());
  }

  private Session session(String id, Jwt token, @Nullable String refreshToken, Instant endsAt) {
    var tokenEndsAt = Objects.requireNonNull(token.getExpiresAt());
    var rest = Duration.between(clock.instant(), tokenEndsAt);
    return new Session(
        id,
        token.getTokenValue(),
        tokenEndsAt,
        tokenEndsAt.minus(rest.dividedBy(PARTS)),
        refreshToken,
        endsAt);
  }

  /** The cookie's value. */
  String seal(Session session) {
    return seal.seal(Purpose.SESSION, session.claims());
  }

  /** How long the cookie is worth keeping. */
  Duration rest(Session session) {
    return Duration.between(clock.instant(), session.endsAt());
  }

  /** Finds out what a cookie's value is worth; renews its token when it is time. */
  Opened open(String sealed) {
    var session = read(sealed);
    if (session.isEmpty() || ended.isEnded(session.get().id())) {
      return new Over();
    }
    try {
      var current = current(session.get());
      return new Current(
          current, verifying.decode(current.accessToken()), !current.equals(session.get()));
    } catch (OverException | BadJwtException e) {
      LOG.debug("A session is over: {}", e.toString());
      return new Over();
    } catch (UnavailableException | JwtException e) {
      LOG.debug("A session cannot be judged", e);
      return new Unknown();
    }
  }

  /**
   * Ends the session of a cookie for good, on all instances, if it has one. It is remembered for as
   * long as the oldest copy of the cookie could last, which does not know of an earlier end.
   */
  void end(String sealed) {
    read(sealed)
        .ifPresent(session ->
            ended.end(
                session.id(),
                Collections.max(
                    List.of(session.endsAt(), clock.instant().plus(properties.lifetime())))));
  }

  private Optional<Session> read(String sealed) {
    var claims = seal.open(Purpose.SESSION, sealed);
    var session = claims.flatMap(Session::of);
    if (claims.isPresent() && session.isEmpty()) {
      LOG.warn(
          "A session ends early, and its user has to sign in again: another version of the gateway"
              + " has sealed its cookie");
    }
    return session;
  }

  private Session current(Session session) {
    if (clock.instant().isBefore(session.renewAt())) {
      return session;
    }
    var known = renewed.getIfPresent(session.id());
    if (known != null && !clock.instant().isBefore(known.until)) {
      renewed.asMap().remove(session.id(), known);
    }
    try {
      return renewed.get(session.id(), () -> renew(session)).session;
    } catch (ExecutionException | UncheckedExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  /** Requests that come meanwhile wait for the outcome, and share it. */
  private Renewed renew(Session session) {
    try {
      return renewed(session, tokens.getTokenResponse(requestFor(session)));
    } catch (OAuth2AuthorizationException | UnavailableException | OverException e) {
      if (clock.instant().isBefore(session.tokenEndsAt())) {
        LOG.debug("A token was not renewed, and still holds", e);
        return unchanged(session);
      }
      if (e instanceof OAuth2AuthorizationException refused
          && !refused.getError().getErrorCode().equals(OAuth2ErrorCodes.INVALID_GRANT)) {
        throw new UnavailableException("The issuer does not answer.", e);
      }
      if (e instanceof OAuth2AuthorizationException) {
        throw new OverException();
      }
      throw e;
    }
  }

  private Renewed renewed(Session session, OAuth2AccessTokenResponse answer) {
    var refreshToken =
        answer.getRefreshToken() == null
            ? session.refreshToken()
            : answer.getRefreshToken().getTokenValue();
    try {
      var token = verifying.decode(answer.getAccessToken().getTokenValue());
      var endsAt = Collections.min(List.of(session.endsAt(), latestEnd(token)));
      var newer = session(session.id(), token, refreshToken, endsAt);
      return new Renewed(newer, newer.renewAt());
    } catch (BadJwtException e) {
      throw e;
    } catch (JwtException e) {
      if (clock.instant().isBefore(session.tokenEndsAt())) {
        LOG.debug("A new token cannot be judged, and the one before still holds", e);
        // The refresh token before may count no longer.
        return unchanged(session.with(refreshToken));
      }
      throw e;
    }
  }

  /** For a while, and no longer than its token holds. */
  private Renewed unchanged(Session session) {
    var pause = clock.instant().plus(PAUSE);
    return new Renewed(session, Collections.min(List.of(pause, session.tokenEndsAt())));
  }

  private OAuth2RefreshTokenGrantRequest requestFor(Session session) {
    if (session.refreshToken() == null) {
      throw new OverException();
    }
    return new OAuth2RefreshTokenGrantRequest(
        issuer.registration(),
        new OAuth2AccessToken(
            OAuth2AccessToken.TokenType.BEARER,
            session.accessToken(),
            Instant.EPOCH,
            session.tokenEndsAt()),
        new OAuth2RefreshToken(session.refreshToken(), null));
  }

  /** The outcome of an attempt, and until when there need be no other one. */
  private record Renewed(Session session, Instant until) {}

  /** The issuer gives no further tokens. */
  private static final class OverException extends RuntimeException {
    OverException() {
      super("no further tokens", null, false, false);
    }
  }
}
