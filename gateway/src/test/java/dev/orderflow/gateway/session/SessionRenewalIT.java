package dev.orderflow.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.seal.EndedIds;
import dev.orderflow.gateway.seal.Seal;
import dev.orderflow.gateway.testing.RunningRedis;
import dev.orderflow.platform.testing.SigningKeys;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;

/** What becomes of a session when its tokens are renewed; the clock is the test's. */
class SessionRenewalIT {
  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final Duration STAFF_LIFETIME = Duration.ofMinutes(30);
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);

  private final Deque<String> scopes = new ArrayDeque<>();
  private final Deque<String> redeemed = new ArrayDeque<>();
  private final Set<String> notJudged = new HashSet<>();
  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private int issued;
  private boolean isSilent;
  private RunningRedis redis;
  private RedisClient client;
  private Sessions sessions;

  @BeforeEach
  void start() throws IOException {
    redis = new RunningRedis();
    redis.start();
    client = RedisClient.create(redis.url());
    sessions =
        new Sessions(
            Seal.withOwnKey(() -> now),
            new EndedIds(client, Duration.ofSeconds(2), () -> now),
            new Issuer(),
            this::renewed,
            this::verified,
            new JwtAuthenticationConverter(),
            new SessionProperties(
                null, LIFETIME, STAFF_LIFETIME, Duration.ofSeconds(2), null, null, Set.of()),
            () -> now);
  }

  @AfterEach
  void stop() throws IOException {
    client.shutdown();
    redis.close();
  }

  /** A client of an issuer at which each refresh token counts once. */
  private static final class Issuer implements IssuerClient {
    @Override
    public boolean isThere() {
      return true;
    }

    @Override
    public ClientRegistration registration() {
      return ClientRegistration.withRegistrationId(REGISTRATION)
          .clientId("shop")
          .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
          .tokenUri("http://issuer.test/token")
          .build();
    }
  }

  private OAuth2AccessTokenResponse renewed(OAuth2RefreshTokenGrantRequest request) {
    if (isSilent) {
      throw new OAuth2AuthorizationException(new OAuth2Error("no answer"));
    }
    redeemed.add(request.getRefreshToken().getTokenValue());
    return issue();
  }

  /** The scope is the first of those that are left, or a customer's. */
  private OAuth2AccessTokenResponse issue() {
    issued++;
    var scope = scopes.isEmpty() ? "customer" : scopes.remove();
    var token =
        SigningKeys.ISSUER
            + " "
            + scope
            + " "
            + now.plus(TOKEN_LIFETIME).getEpochSecond()
            + " "
            + issued;
    return OAuth2AccessTokenResponse.withToken(token)
        .tokenType(OAuth2AccessToken.TokenType.BEARER)
        .refreshToken("refresh-" + issued)
        .build();
  }

  private Jwt verified(String token) {
    if (notJudged.contains(token.substring(token.lastIndexOf(' ') + 1))) {
      throw new JwtException("the issuer's keys are not known");
    }
    var parts = token.split(" ");
    if (!now.isBefore(Instant.ofEpochSecond(Long.parseLong(parts[2])))) {
      throw new BadJwtException("has expired");
    }
    return Jwt.withTokenValue(token)
        .header("alg", "none")
        .claim("scope", parts[1])
        .expiresAt(Instant.ofEpochSecond(Long.parseLong(parts[2])))
        .build();
  }

  /** The cookie of a new session. */
  private String signedIn() {
    var tokens = issue();
    OAuth2RefreshToken refreshToken = tokens.getRefreshToken();
    return sessions.seal(sessions.begin(tokens.getAccessToken(), refreshToken));
  }

  private Sessions.Current opened(String cookie) {
    assertThat(sessions.open(cookie)).isInstanceOf(Sessions.Current.class);
    return (Sessions.Current) sessions.open(cookie);
  }

  @Test
  void a_token_that_cannot_be_judged_leaves_the_one_before_and_a_refresh_token_that_counts() {
    var cookie = signedIn();
    notJudged.add("2");
    now = now.plus(TOKEN_LIFETIME.minusSeconds(30));

    var first = opened(cookie);

    assertThat(first.session().accessToken()).endsWith(" 1");
    assertThat(first.isRenewed()).isTrue();
    now = now.plusSeconds(10);
    var next = opened(sessions.seal(first.session()));
    assertThat(next.session().accessToken()).endsWith(" 3");
    assertThat(redeemed).containsExactly("refresh-1", "refresh-2");
  }

  @Test
  void a_session_is_not_over_because_its_issuer_is_silent_when_its_token_ends() {
    var cookie = signedIn();
    isSilent = true;
    now = now.plus(TOKEN_LIFETIME.minusSeconds(2));
    assertThat(opened(cookie).isRenewed()).isFalse();

    now = now.plusSeconds(3);
    assertThat(sessions.open(cookie)).isInstanceOf(Sessions.Unknown.class);

    isSilent = false;
    assertThat(opened(cookie).session().accessToken()).endsWith(" 2");
  }

  @Test
  void a_session_that_becomes_staffs_ends_as_one_of_staff() {
    scopes.add("customer");
    scopes.add("staff");
    var cookie = signedIn();
    now = now.plus(TOKEN_LIFETIME.minusSeconds(30));

    var session = opened(cookie).session();

    assertThat(session.endsAt()).isEqualTo(now.plus(STAFF_LIFETIME));
  }

  @Test
  void a_renewal_does_not_make_a_session_longer() {
    scopes.add("staff");
    var cookie = signedIn();
    var end = now.plus(STAFF_LIFETIME);
    now = now.plus(TOKEN_LIFETIME.minusSeconds(30));

    assertThat(opened(cookie).session().endsAt()).isEqualTo(end);
  }

  @Test
  void a_session_that_was_signed_out_is_remembered_for_as_long_as_a_copy_from_before_could_last() {
    scopes.add("customer");
    scopes.add("staff");
    var before = signedIn();
    now = now.plus(TOKEN_LIFETIME.minusSeconds(30));
    var session = opened(before).session();

    sessions.end(sessions.seal(session));

    try (var connection = client.connect()) {
      assertThat(Duration.ofMillis(connection.sync().pttl("ended:" + session.id())))
          .isGreaterThan(LIFETIME.minus(TOKEN_LIFETIME));
    }
  }
}
