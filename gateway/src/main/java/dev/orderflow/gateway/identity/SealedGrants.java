package dev.orderflow.gateway.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.orderflow.gateway.seal.EndedIds;
import dev.orderflow.gateway.seal.Purpose;
import dev.orderflow.gateway.seal.Seal;
import java.security.Principal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/**
 * Authorization codes and refresh tokens that hold what they stand for, sealed: the issuer keeps
 * none of them, and every instance takes what another one issued. What is kept is that a code was
 * redeemed, until it would have expired.
 */
final class SealedGrants implements OAuth2AuthorizationService {
  private static final Logger LOG = LoggerFactory.getLogger(SealedGrants.class);
  private static final OAuth2TokenType CODE = new OAuth2TokenType(OAuth2ParameterNames.CODE);
  private static final List<String> IN_CODE =
      List.of(
          OidcParameterNames.NONCE,
          PkceParameterNames.CODE_CHALLENGE,
          PkceParameterNames.CODE_CHALLENGE_METHOD);

  private final Seal seal;
  private final EndedIds ended;
  private final Clients people;
  private final RegisteredClientRepository clients;
  private final InstantSource clock;

  /**
   * @param people whose grants they are; what a person may no longer do, a grant does not give
   * @param clients that redeem them
   */
  SealedGrants(
      Seal seal,
      EndedIds ended,
      Clients people,
      RegisteredClientRepository clients,
      InstantSource clock) {
    this.seal = seal;
    this.ended = ended;
    this.people = people;
    this.clients = clients;
    this.clock = clock;
  }

  /** A code for what was asked for; null when something else is to be made. */
  @Nullable OAuth2AuthorizationCode code(OAuth2TokenContext context) {
    if (!CODE.equals(context.getTokenType())) {
      return null;
    }
    var request =
        Objects.requireNonNull(
            context.<OAuth2AuthorizationCodeRequestAuthenticationToken>getAuthorizationGrant());
    var claims =
        claims(context)
            .claim(OAuth2ParameterNames.REDIRECT_URI, request.getRedirectUri())
            .claim(OAuth2ParameterNames.SCOPE, List.copyOf(request.getScopes()));
    IN_CODE.forEach(name -> claims.claim(name, request.getAdditionalParameters().get(name)));
    var now = clock.instant();
    var end =
        end(context.getRegisteredClient().getTokenSettings().getAuthorizationCodeTimeToLive());
    return new OAuth2AuthorizationCode(
        seal.seal(Purpose.CODE, claims.expirationTime(Date.from(end)).build()), now, end);
  }

  /** A refresh token; null when something else is to be made. */
  @Nullable OAuth2RefreshToken refreshToken(OAuth2TokenContext context) {
    if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
      return null;
    }
    var now = clock.instant();
    var end = end(context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive());
    var claims =
        claims(context)
            .claim(OAuth2ParameterNames.SCOPE, List.copyOf(context.getAuthorizedScopes()))
            .expirationTime(Date.from(end));
    return new OAuth2RefreshToken(seal.seal(Purpose.REFRESH_TOKEN, claims.build()), now, end);
  }

  private static JWTClaimsSet.Builder claims(OAuth2TokenContext context) {
    return new JWTClaimsSet.Builder()
        .jwtID(UUID.randomUUID().toString())
        .subject(Objects.requireNonNull(context.<Authentication>getPrincipal()).getName())
        .claim(OAuth2ParameterNames.CLIENT_ID, context.getRegisteredClient().getClientId());
  }

  private Instant end(Duration lifetime) {
    return clock.instant().plus(lifetime);
  }

  /** Of all that is saved, only a redeemed code must be remembered; it can be redeemed once. */
  @Override
  public void save(OAuth2Authorization authorization) {
    var code = authorization.getToken(OAuth2AuthorizationCode.class);
    if (code != null
        && code.isInvalidated()
        && !ended.end(
            authorization.getId(), Objects.requireNonNull(code.getToken().getExpiresAt()))) {
      LOG.info("A code was redeemed twice at once");
      throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    // Nothing is kept.
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return null;
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(
      String token, @Nullable OAuth2TokenType tokenType) {
    if (tokenType == null) {
      return null;
    }
    if (tokenType.equals(CODE)) {
      return open(Purpose.CODE, token).map(grant -> ofCode(token, grant)).orElse(null);
    }
    if (tokenType.equals(OAuth2TokenType.REFRESH_TOKEN)) {
      return open(Purpose.REFRESH_TOKEN, token).map(grant -> ofRefresh(token, grant)).orElse(null);
    }
    return null;
  }

  private OAuth2Authorization ofCode(String token, Grant grant) {
    var parameters = new HashMap<String, Object>();
    IN_CODE.forEach(name ->
        Optional.ofNullable(grant.claims.getClaim(name))
            .ifPresent(value -> parameters.put(name, value)));
    var request =
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri("/oauth2/authorize")
            .clientId(grant.client.getClientId())
            .redirectUri((String) grant.claims.getClaim(OAuth2ParameterNames.REDIRECT_URI))
            .scopes(grant.requested)
            .additionalParameters(parameters)
            .build();
    var redeemed = ended.isEnded(grant.claims.getJWTID());
    if (redeemed) {
      LOG.info("A code was redeemed before");
    }
    return grant
        .authorization()
        .attribute(OAuth2AuthorizationRequest.class.getName(), request)
        .token(
            new OAuth2AuthorizationCode(token, clock.instant(), grant.end()),
            metadata -> metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, redeemed))
        .build();
  }

  private OAuth2Authorization ofRefresh(String token, Grant grant) {
    return grant
        .authorization()
        .refreshToken(new OAuth2RefreshToken(token, clock.instant(), grant.end()))
        .build();
  }

  private Optional<Grant> open(Purpose purpose, String token) {
    return seal.open(purpose, token)
        .flatMap(claims -> {
          try {
            var clientId = claims.getStringClaim(OAuth2ParameterNames.CLIENT_ID);
            var scopes = claims.getStringListClaim(OAuth2ParameterNames.SCOPE);
            if (clientId == null || scopes == null) {
              return Optional.empty();
            }
            var client = clients.findByClientId(clientId);
            var requested = Set.copyOf(scopes);
            return people
                .find(claims.getSubject())
                .filter(_ -> client != null)
                .map(person ->
                    new Grant(claims, Objects.requireNonNull(client), requested, person.scopes()));
          } catch (ParseException _) {
            // Another version has sealed it: it counts no longer.
            return Optional.empty();
          }
        });
  }

  /** What was sealed, and what of it still holds. */
  private record Grant(
      JWTClaimsSet claims, RegisteredClient client, Set<String> requested, Set<String> allowed) {
    Instant end() {
      return claims.getExpirationTime().toInstant();
    }

    OAuth2Authorization.Builder authorization() {
      var scopes = new HashSet<>(requested);
      scopes.retainAll(allowed);
      return OAuth2Authorization.withRegisteredClient(client)
          .id(claims.getJWTID())
          .principalName(claims.getSubject())
          .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
          .authorizedScopes(scopes)
          .attribute(Principal.class.getName(), People.signedIn(claims.getSubject()));
    }
  }
}
