package dev.orderflow.gateway.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

/** Makes access tokens: RFC 9068. */
final class TokenIssuer {
  private final JwtEncoder encoder;
  private final String issuer;
  private final String audience;
  private final Duration lifetime;
  private final Clock clock;
  private final ConcurrentMap<Grant, Issued> issued = new ConcurrentHashMap<>();

  /**
   * @param encoder signs with the key whose public half every service knows
   * @param issuer the claim that every service expects
   * @param audience the platform, as every service knows it
   * @param lifetime of each token
   */
  TokenIssuer(JwtEncoder encoder, String issuer, String audience, Duration lifetime, Clock clock) {
    this.encoder = encoder;
    this.issuer = issuer;
    this.audience = audience;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /**
   * A token: the one that the client has for these scopes already, as long as most of its life is
   * left, since signing costs more than all else that a request does.
   *
   * @param requestedScope scopes with spaces between them; all that the client may have when null
   * @throws TokenRequestException when the client may not have one of the scopes
   */
  TokenResponse issue(Client client, @Nullable String requestedScope) {
    var scopes =
        requestedScope == null || requestedScope.isBlank()
            ? client.scopes()
            : Client.scopesIn(requestedScope);
    if (!client.scopes().containsAll(scopes)) {
      throw new TokenRequestException("invalid_scope", "The client may not have this scope.");
    }
    var scope = String.join(" ", scopes);
    var now = clock.instant();
    var current =
        issued.compute(
            new Grant(client.clientId(), scope),
            (_, known) ->
                known != null && known.isFresh(now, lifetime) ? known : sign(client, scope, now));
    return new TokenResponse(
        current.token(),
        "Bearer",
        Duration.between(now, current.expiresAt()).toSeconds(),
        current.scope());
  }

  private Issued sign(Client client, String scope, Instant now) {
    var claims =
        JwtClaimsSet.builder()
            .issuer(issuer)
            .subject(client.clientId())
            .audience(List.of(audience))
            .claim("client_id", client.clientId())
            .claim("scope", scope)
            .issuedAt(now)
            .expiresAt(now.plus(lifetime))
            .id(UUID.randomUUID().toString())
            .build();
    var header = JwsHeader.with(SignatureAlgorithm.RS256).type("at+jwt").build();
    var token = encoder.encode(JwtEncoderParameters.from(header, claims));
    return new Issued(token.getTokenValue(), scope, now.plus(lifetime));
  }

  /**
   * @param scope in the order of the alphabet, however it was asked for
   */
  private record Grant(String clientId, String scope) {}

  private record Issued(String token, String scope, Instant expiresAt) {
    boolean isFresh(Instant now, Duration lifetime) {
      return now.plus(lifetime.dividedBy(2)).isBefore(expiresAt);
    }

    @Override
    public String toString() {
      return "Issued[" + scope + "]";
    }
  }
}
