package dev.orderflow.gateway.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.orderflow.gateway.pages.PageHeaders;
import dev.orderflow.gateway.seal.EndedIds;
import dev.orderflow.gateway.seal.Seal;
import dev.orderflow.gateway.session.BrowserClient;
import dev.orderflow.gateway.session.SessionProperties;
import dev.orderflow.platform.security.IdentityProperties;
import dev.orderflow.platform.security.RsaKeys;
import dev.orderflow.platform.security.Scope;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.web.OAuth2AuthorizationEndpointFilter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.preauth.x509.X509AuthenticationFilter;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issues tokens when there is a key to sign them with: Spring Authorization Server with client
 * credentials, and authorization code with PKCE for people. It keeps no sessions and no grants.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("orderflow.gateway.issuer.signing-key")
class IssuerConfiguration {
  @Bean
  JWKSource<SecurityContext> signingKeys(IssuerProperties properties) {
    return RsaKeys.in(Objects.requireNonNull(properties.signingKey()));
  }

  @Bean
  Clients clients(IssuerProperties properties, BrowserClient browsers, JsonMapper json, Clock clock)
      throws IOException {
    var file = Objects.requireNonNull(properties.clients(), "orderflow.gateway.issuer.clients");
    try (var content = file.getInputStream()) {
      var all = new ArrayList<>(json.readValue(content, new TypeReference<List<Client>>() {}));
      all.add(
          new Client(
              browsers.id(),
              browsers.secret(),
              String.join(" ", OidcScopes.OPENID, Scope.CUSTOMER.value(), Scope.STAFF.value())));
      return new Clients(all, new FailedSignIns(clock));
    }
  }

  @Bean
  RegisteredClients registeredClients(
      Clients clients,
      BrowserClient browsers,
      IssuerProperties properties,
      IdentityProperties identity,
      SessionProperties sessions) {
    var callback = Objects.requireNonNull(identity.issuer()) + BrowserClient.CALLBACK;
    return new RegisteredClients(
        clients
            .all()
            .map(client ->
                client.clientId().equals(browsers.id())
                    ? RegisteredClients.browsers(
                        client, properties.browserTokenLifetime(), sessions.lifetime(), callback)
                    : RegisteredClients.program(client, properties.tokenLifetime())));
  }

  @Bean
  @Order(0)
  SecurityFilterChain issuer(
      HttpSecurity http,
      Clients clients,
      RegisteredClients registeredClients,
      JWKSource<SecurityContext> signingKeys,
      IdentityProperties identity,
      Seal seal,
      EndedIds ended,
      JsonMapper json,
      Clock clock)
      throws Exception {
    var grants = new SealedGrants(seal, ended, clients, registeredClients, clock);
    var people = new People(clients);
    var page = new SignInPage();
    var errors = new TokenErrors(json);
    var secrets = new ClientSecretAuthenticationProvider(registeredClients, grants);
    secrets.setPasswordEncoder(comparedBefore());
    var issuer = Objects.requireNonNull(identity.issuer(), "orderflow.identity.issuer");
    return http.securityMatcher(new IssuerRequests())
        .with(
            new OAuth2AuthorizationServerConfigurer(),
            server ->
                server
                    .registeredClientRepository(registeredClients)
                    .authorizationService(grants)
                    .authorizationServerSettings(
                        AuthorizationServerSettings.builder().issuer(issuer).build())
                    .tokenGenerator(
                        new DelegatingOAuth2TokenGenerator(
                            new ReusedTokens(tokens(signingKeys, identity.audience()), clock),
                            grants::refreshToken))
                    .clientAuthentication(authentication ->
                        authentication
                            .authenticationConverters(
                                ways -> ways.removeIf(IssuerConfiguration::isNotBasic))
                            .authenticationProviders(ways -> {
                              ways.clear();
                              ways.add(new ClientSecrets(clients, secrets));
                            })
                            .errorResponseHandler(errors))
                    .tokenEndpoint(endpoint ->
                        endpoint
                            .accessTokenRequestConverter(new WholeScope())
                            .accessTokenResponseHandler(new TokenAnswers(json)))
                    .authorizationEndpoint(endpoint ->
                        endpoint.authenticationProviders(
                            ways -> ways.forEach(way -> forBrowsers(way, grants))))
                    .oidc(oidc ->
                        oidc.providerConfigurationEndpoint(endpoint ->
                            endpoint.providerConfigurationCustomizer(
                                IssuerConfiguration::describe)))
                    .withObjectPostProcessor(withoutSession()))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(PageHeaders::secure)
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .exceptionHandling(failures ->
            failures.authenticationEntryPoint((request, response, failure) -> {
              if (IssuerRequests.isForTokens(request)) {
                errors.onAuthenticationFailure(request, response, failure);
              } else {
                page.write(SignInPage.Notice.NONE, request, response);
              }
            }))
        .addFilterBefore(signIn(people, page), X509AuthenticationFilter.class)
        .build();
  }

  /** {@link ClientSecrets} compares them first, and takes the same time for all that are wrong. */
  @SuppressWarnings("deprecation") // Only because it is no encoder for secrets that people choose.
  private static PasswordEncoder comparedBefore() {
    return NoOpPasswordEncoder.getInstance();
  }

  private static AuthenticationFilter signIn(People people, SignInPage page) {
    var filter = new AuthenticationFilter(people::authenticate, people);
    // The request goes on, signed in.
    filter.setSuccessHandler((_, _, _) -> {});
    filter.setFailureHandler((request, response, failure) -> {
      if (failure instanceof SignInPausedException pause) {
        response.setHeader("Retry-After", Long.toString(pause.retryAfterSeconds()));
        page.write(SignInPage.Notice.PAUSED, request, response);
      } else {
        page.write(SignInPage.Notice.WRONG, request, response);
      }
    });
    return filter;
  }

  private static boolean isNotBasic(Object converter) {
    return !(converter instanceof ClientSecretBasicAuthenticationConverter);
  }

  private static void forBrowsers(Object way, SealedGrants grants) {
    if (way instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
      requests.setAuthorizationCodeGenerator(grants::code);
      requests.setAuthenticationValidator(
          new OwnCallback()
              .andThen(
                  OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR));
    }
  }

  private static JwtGenerator tokens(JWKSource<SecurityContext> keys, String audience) {
    var encoder = new NimbusJwtEncoder(keys);
    encoder.setJwkSelector(List::getFirst);
    var tokens = new JwtGenerator(encoder);
    tokens.setJwtCustomizer(token -> {
      if (OAuth2TokenType.ACCESS_TOKEN.equals(token.getTokenType())) {
        asAccessToken(token, audience);
      }
    });
    return tokens;
  }

  /** RFC 9068. */
  private static void asAccessToken(JwtEncodingContext token, String audience) {
    token.getJwsHeader().type("at+jwt");
    token
        .getClaims()
        .audience(List.of(audience))
        .claim(OAuth2ParameterNames.CLIENT_ID, token.getRegisteredClient().getClientId())
        .claim(OAuth2ParameterNames.SCOPE, inOrder(token.getAuthorizedScopes()))
        .claims(claims -> claims.remove("nbf"));
  }

  private static String inOrder(Set<String> scopes) {
    return String.join(" ", new TreeSet<>(scopes));
  }

  /** Says what is there, and not what Spring Authorization Server could do besides. */
  private static void describe(OidcProviderConfiguration.Builder description) {
    description
        .tokenEndpointAuthenticationMethods(methods -> {
          methods.clear();
          methods.add("client_secret_basic");
        })
        .grantTypes(types -> {
          types.clear();
          types.add(AuthorizationGrantType.AUTHORIZATION_CODE.getValue());
          types.add(AuthorizationGrantType.CLIENT_CREDENTIALS.getValue());
          types.add(AuthorizationGrantType.REFRESH_TOKEN.getValue());
        })
        .scopes(scopes -> scopes.addAll(List.of(Scope.CUSTOMER.value(), Scope.STAFF.value())))
        .claims(claims ->
            claims
                .keySet()
                .removeIf(name ->
                    name.startsWith("revocation_")
                        || name.startsWith("introspection_")
                        || List.of(
                                "userinfo_endpoint",
                                "end_session_endpoint",
                                "tls_client_certificate_bound_access_tokens",
                                "dpop_signing_alg_values_supported")
                            .contains(name)));
  }

  /** The issuer keeps no session: each sign-in asks for the password. */
  private static ObjectPostProcessor<OAuth2AuthorizationEndpointFilter> withoutSession() {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends OAuth2AuthorizationEndpointFilter> O postProcess(O filter) {
        filter.setSessionAuthenticationStrategy((_, _, _) -> {});
        return filter;
      }
    };
  }
}
