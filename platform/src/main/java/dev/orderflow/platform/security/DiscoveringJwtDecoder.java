package dev.orderflow.platform.security;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies the tokens of an OpenID Connect issuer, which is asked for its keys when the first token
 * comes: it need not be there when a service starts. Until it has answered, tokens cannot be
 * judged, and the next one asks again. All that come meanwhile share one attempt, so that none
 * waits longer than one takes. Keys are asked for again after a while, and when a token names one
 * that is not known, but not as often as a client that makes up names would like; when the issuer
 * is away, those that are known count for longer.
 */
final class DiscoveringJwtDecoder implements JwtDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveringJwtDecoder.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration KEYS_COUNT_FOR = Duration.ofMinutes(5);
  private static final Duration KEYS_COUNT_IN_OUTAGES_FOR = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 100_000;
  private static final List<SignatureAlgorithm> ALGORITHMS =
      List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);

  private final String issuerUri;
  private final String audience;
  private final Duration timeout;
  private final IssuerDescription description;
  private final Cache<String, JwtDecoder> found = CacheBuilder.newBuilder().build();

  /**
   * @param issuerUri the issuer, as tokens name it
   * @param audience the platform, as tokens name it
   */
  DiscoveringJwtDecoder(String issuerUri, String audience) {
    this(issuerUri, audience, TIMEOUT);
  }

  DiscoveringJwtDecoder(String issuerUri, String audience, Duration timeout) {
    this.issuerUri = issuerUri;
    this.audience = audience;
    this.timeout = timeout;
    description = new IssuerDescription(issuerUri, timeout);
  }

  @Override
  public Jwt decode(String token) {
    return verifying().decode(token);
  }

  private JwtDecoder verifying() {
    try {
      return found.get(issuerUri, this::discover);
    } catch (ExecutionException | UncheckedExecutionException e) {
      LOG.warn(
          "The issuer {} does not answer with its keys, so tokens cannot be verified. The next"
              + " token asks again: {}",
          issuerUri,
          String.valueOf(e.getCause()));
      throw new JwtException("the issuer's keys are not known yet", e);
    }
  }

  private JwtDecoder discover() throws MalformedURLException {
    var keys = keysAt(String.valueOf(description.fetch().get("jwks_uri")));
    var decoder =
        NimbusJwtDecoder.withJwkSource(keys)
            .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
            .build();
    decoder.setJwtValidator(AccessTokens.of(issuerUri, audience));
    return decoder;
  }

  private JWKSource<SecurityContext> keysAt(String address) throws MalformedURLException {
    var limit = Math.toIntExact(timeout.toMillis());
    return JWKSourceBuilder.create(
            URI.create(address).toURL(), new DefaultResourceRetriever(limit, limit, MOST_BYTES))
        .cache(KEYS_COUNT_FOR.toMillis(), 2 * timeout.toMillis())
        .refreshAheadCache(false)
        .rateLimited(PAUSE.toMillis())
        .outageTolerant(KEYS_COUNT_IN_OUTAGES_FOR.toMillis())
        .build();
  }
}
