package dev.orderflow.platform.security;

import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

/**
 * How token endpoints are asked: within a time limit, so that one that hangs holds up no caller.
 */
public final class TokenEndpointClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private TokenEndpointClient() {}

  /** As Spring Security's own, with limits. */
  public static RestClient bounded() {
    var requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
    requests.setReadTimeout(TIMEOUT);
    return RestClient.builder()
        .requestFactory(requests)
        .configureMessageConverters(converters ->
            converters
                .addCustomConverter(new FormHttpMessageConverter())
                .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
        .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
        .build();
  }
}
