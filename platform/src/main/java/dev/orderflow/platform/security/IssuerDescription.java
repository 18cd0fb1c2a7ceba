package dev.orderflow.platform.security;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** What an OpenID Connect issuer says of itself: OpenID Connect Discovery 1.0, section 4. */
public final class IssuerDescription {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final ParameterizedTypeReference<Map<String, Object>> CLAIMS =
      new ParameterizedTypeReference<>() {};

  private final String issuerUri;
  private final RestClient http;

  /**
   * @param issuerUri as its tokens name it
   */
  public IssuerDescription(String issuerUri) {
    this(issuerUri, TIMEOUT);
  }

  IssuerDescription(String issuerUri, Duration timeout) {
    this.issuerUri = issuerUri;
    var requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(timeout).build());
    requests.setReadTimeout(timeout);
    http = RestClient.builder().requestFactory(requests).build();
  }

  /**
   * Asks for it.
   *
   * @throws RestClientException when there is no answer within a few seconds, or it is another
   *     issuer's
   */
  public Map<String, Object> fetch() {
    var claims =
        http.get().uri(issuerUri + "/.well-known/openid-configuration").retrieve().body(CLAIMS);
    if (claims == null || !Objects.equals(issuerUri, claims.get("issuer"))) {
      throw new RestClientException(
          "What is at " + issuerUri + " does not call itself so. Write the issuer as it does.");
    }
    return claims;
  }
}
