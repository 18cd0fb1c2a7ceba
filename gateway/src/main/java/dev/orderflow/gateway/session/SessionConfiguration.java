package dev.orderflow.gateway.session;

import com.google.common.base.Throwables;
import dev.orderflow.gateway.http.OwnAddress;
import dev.orderflow.gateway.seal.EndedIds;
import dev.orderflow.gateway.seal.Seal;
import dev.orderflow.platform.error.ErrorCode;
import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.ProblemWriter;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.platform.security.ChainAddition;
import dev.orderflow.platform.security.IdentityProperties;
import dev.orderflow.platform.security.TokenEndpointClient;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Signs browsers in by Spring Security's OAuth 2 client, and keeps nothing. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(SessionConfiguration.class);
  private static final String FAILED = "/?signIn=failed";
  private static final String UNAVAILABLE = "/?signIn=unavailable";
  private static final RequestMatcher PAGES = pages();

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Seal seal(SessionProperties properties, Clock clock) {
    return properties.keys() == null
        ? Seal.withOwnKey(clock)
        : Seal.withKeysIn(properties.keys(), clock);
  }

  @Bean
  EndedIds endedIds(RedisClient redisClient, SessionProperties properties, Clock clock) {
    return new EndedIds(redisClient, properties.patience(), clock);
  }

  /** Where the gateway issues tokens itself. */
  @Bean
  @ConditionalOnProperty("orderflow.gateway.issuer.signing-key")
  BrowserClient browserClient() {
    return BrowserClient.make();
  }

  @Bean
  IssuerClient issuerClient(
      ObjectProvider<BrowserClient> own,
      SessionProperties properties,
      IdentityProperties identity,
      OwnAddress here) {
    var client = own.getIfAvailable();
    if (client != null) {
      return new OwnIssuer(
          client, Objects.requireNonNull(identity.issuer(), "orderflow.identity.issuer"), here);
    }
    return new ExternalIssuer(identity.issuerUri(), properties);
  }

  @Bean
  RestClient tokenClient() {
    return TokenEndpointClient.bounded().mutate().requestInterceptor(new TokenCalls()).build();
  }

  @Bean
  Sessions sessions(
      Seal seal,
      EndedIds ended,
      IssuerClient issuer,
      JwtDecoder verifying,
      JwtAuthenticationConverter authorities,
      SessionProperties properties,
      RestClient tokenClient,
      Clock clock) {
    var tokens = new RestClientRefreshTokenTokenResponseClient();
    tokens.setRestClient(tokenClient);
    return new Sessions(seal, ended, issuer, tokens, verifying, authorities, properties, clock);
  }

  @Bean
  ChainAddition browserSessions(
      Sessions sessions,
      IssuerClient issuer,
      Seal seal,
      Clock clock,
      JsonMapper json,
      RestClient tokenClient) {
    var problems = new ProblemWriter(json);
    var requests = new SignInRequests(issuer, seal, clock);
    return http ->
        http.csrf(csrf ->
                csrf.csrfTokenRepository(writes())
                    .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                    // Each request signs in anew with its token; that must not end the cookie.
                    .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy())
                    .requireCsrfProtectionMatcher(SessionFilter::isCookieWrite))
            .exceptionHandling(failures ->
                failures
                    .accessDeniedHandler((request, response, refusal) ->
                        problems.write(
                            refusal instanceof CsrfException
                                ? Failure.of(
                                    ErrorCode.FORBIDDEN,
                                    "Send the value of the cookie XSRF-TOKEN in the header"
                                        + " X-XSRF-TOKEN.")
                                : Failure.of(refusal),
                            request,
                            response))
                    .authenticationEntryPoint((request, response, failure) ->
                        problems.write(
                            SessionFilter.isUnknown(request)
                                ? Failure.of(unknown())
                                : Failure.of(failure),
                            request,
                            response)))
            .addFilterAfter(new SessionFilter(sessions, problems), CsrfFilter.class)
            .addFilterBefore(begin(requests, problems), BearerTokenAuthenticationFilter.class)
            .addFilterBefore(
                finish(requests, issuer, sessions, tokenClient),
                BearerTokenAuthenticationFilter.class);
  }

  private static CookieCsrfTokenRepository writes() {
    var writes = CookieCsrfTokenRepository.withHttpOnlyFalse();
    writes.setCookieCustomizer(cookie -> cookie.path("/").sameSite("Lax"));
    return writes;
  }

  private static UnavailableException unknown() {
    return new UnavailableException("Who is signed in cannot be told at the moment.", null);
  }

  private static OAuth2AuthorizationRequestRedirectFilter begin(
      SignInRequests requests, ProblemWriter problems) {
    var filter = new OAuth2AuthorizationRequestRedirectFilter(requests);
    filter.setAuthorizationRequestRepository(requests);
    filter.setRequestCache(new NullRequestCache());
    filter.setAuthenticationFailureHandler((request, response, failure) -> {
      if (isUnavailable(failure) && PAGES.matches(request)) {
        response.sendRedirect(UNAVAILABLE);
      } else {
        problems.write(
            Failure.of(Objects.requireNonNullElse(failure.getCause(), failure)), request, response);
      }
    });
    return filter;
  }

  private static OAuth2LoginAuthenticationFilter finish(
      SignInRequests requests, IssuerClient issuer, Sessions sessions, RestClient tokenClient) {
    var codes = new RestClientAuthorizationCodeTokenResponseClient();
    codes.setRestClient(tokenClient);
    var filter =
        new OAuth2LoginAuthenticationFilter(
            issuer, new BrowserSignIn(sessions), BrowserClient.CALLBACK);
    filter.setAuthorizationRequestRepository(requests);
    filter.setAuthenticationManager(
        new ProviderManager(
            new OidcAuthorizationCodeAuthenticationProvider(
                codes, user -> new DefaultOidcUser(List.of(), user.getIdToken()))));
    filter.setAuthenticationSuccessHandler(
        (request, response, _) -> response.sendRedirect(SignInRequests.continueAt(request)));
    filter.setAuthenticationFailureHandler((request, response, failure) -> {
      LOG.info("A sign-in has failed: {}", failure.getMessage());
      response.sendRedirect(isUnavailable(failure) ? UNAVAILABLE : FAILED);
    });
    return filter;
  }

  /** Whether the issuer has not answered, and may answer the next sign-in. */
  private static boolean isUnavailable(AuthenticationException failure) {
    return Throwables.getCausalChain(failure).stream()
        .anyMatch(cause -> cause instanceof UnavailableException || cause instanceof IOException);
  }

  /** What is to be shown to a person. */
  private static RequestMatcher pages() {
    var pages = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
    pages.setIgnoredMediaTypes(Set.of(MediaType.ALL));
    return pages;
  }
}
