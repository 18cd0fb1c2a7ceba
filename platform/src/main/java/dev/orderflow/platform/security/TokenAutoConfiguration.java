package dev.orderflow.platform.security;

import dev.orderflow.platform.error.Failure;
import dev.orderflow.platform.error.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import tools.jackson.databind.json.JsonMapper;

/** Every service checks every token itself, and answers as the error catalogue says. */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration"
    })
@EnableConfigurationProperties(IdentityProperties.class)
public class TokenAutoConfiguration {
  @Bean
  JwtDecoder jwtDecoder(IdentityProperties identity) {
    return new RememberingJwtDecoder(verifying(identity));
  }

  private static JwtDecoder verifying(IdentityProperties identity) {
    if (identity.issuerUri() != null) {
      return new DiscoveringJwtDecoder(identity.issuerUri(), identity.audience());
    }
    var keys = RsaKeys.in(Objects.requireNonNull(identity.publicKey()));
    var decoder = NimbusJwtDecoder.withJwkSource(keys).build();
    decoder.setJwtValidator(
        AccessTokens.of(Objects.requireNonNull(identity.issuer()), identity.audience()));
    return decoder;
  }

  @Bean
  JwtAuthenticationConverter callerAuthorities(IdentityProperties identity) {
    var converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(new CallerAuthorities(identity));
    return converter;
  }

  @Bean
  HttpFirewall httpFirewall() {
    return PlainHeaders.firewall();
  }

  /** Nothing around each filter: one observation per request or call is enough. */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  SecurityFilterChain services(
      HttpSecurity http,
      RequestRules rules,
      JsonMapper json,
      ObjectProvider<ChainAddition> additions)
      throws Exception {
    http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(requests -> {
          // Which methods there are is no secret; what they do is decided when they are called.
          requests.requestMatchers(HttpMethod.OPTIONS).permitAll();
          requests.requestMatchers("/actuator/**", "/v3/api-docs").permitAll();
          rules.apply(requests);
          // Services call over gRPC only.
          requests
              .anyRequest()
              .hasAnyAuthority(Scope.CUSTOMER.authority(), Scope.STAFF.authority());
        })
        .oauth2ResourceServer(server ->
            server
                .jwt(_ -> {})
                .authenticationEntryPoint(
                    (request, response, error) -> refuse(request, response, error, json))
                .accessDeniedHandler(
                    (request, response, error) -> refuse(request, response, error, json))
                .withObjectPostProcessor(answeringFailures(json)));
    for (var addition : additions) {
      addition.addTo(http);
    }
    return http.build();
  }

  /** By default the filter throws failures that are not the token's fault past every handler. */
  private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answeringFailures(
      JsonMapper json) {
    return new ObjectPostProcessor<>() {
      @Override
      public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
        filter.setAuthenticationFailureHandler(
            (request, response, error) -> refuse(request, response, error, json));
        return filter;
      }
    };
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Exception error, JsonMapper json)
      throws IOException {
    new ProblemWriter(json).write(Failure.of(error), request, response);
  }
}
