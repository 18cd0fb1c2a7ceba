package dev.orderflow.platform.security;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/**
 * Verifies the tokens of an OpenID Connect issuer, which is asked for its keys when the first token
 * comes: it need not be there when a service starts. Until it has answered, tokens cannot be
 * judged, and the next one asks again. All that come meanwhile share one attempt, so that nobody
 * waits longer than one takes.
 */
final class DiscoveringJwtDecoder implements JwtDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveringJwtDecoder.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final String issuerUri;
  private final String audience;
  private final Duration clockSkew;
  private final RestOperations http;
  private final Cache<String, JwtDecoder> found = CacheBuilder.newBuilder().build();

  /**
   * @param issuerUri the issuer, as tokens name it
   * @param audience the platform, as tokens name it
   * @param clockSkew by how much the clocks of the issuer and of this machine may differ
   */
  DiscoveringJwtDecoder(String issuerUri, String audience, Duration clockSkew) {
    this(issuerUri, audience, clockSkew, TIMEOUT);
  }

  DiscoveringJwtDecoder(String issuerUri, String audience, Duration clockSkew, Duration timeout) {
    this.issuerUri = issuerUri;
    this.audience = audience;
    this.clockSkew = clockSkew;
    var requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(timeout).build());
    requests.setReadTimeout(timeout);
    http = new RestTemplate(requests);
  }

  @Override
  public Jwt decode(String token) {
    return verifying().decode(token);
  }

  private JwtDecoder verifying() {
    try {
      return found.get(issuerUri, this::discover);
    } catch (ExecutionException | UncheckedExecutionException e) {
      LOG.warn("The issuer {} does not tell its keys: {}", issuerUri, String.valueOf(e.getCause()));
      throw new JwtException("the issuer's keys are not known yet", e);
    }
  }

  private JwtDecoder discover() {
    var decoder =
        NimbusJwtDecoder.withIssuerLocation(issuerUri)
            .validateType(false)
            .restOperations(http)
            .build();
    decoder.setJwtValidator(AccessTokens.of(issuerUri, audience, clockSkew));
    return decoder;
  }
}
