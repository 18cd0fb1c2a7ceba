package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerAuthoritiesTest {
  @ParameterizedTest
  @EnumSource
  void a_service_is_known_by_its_name_unless_set(ServiceName service) {
    assertThat(authorities(Map.of(), Map.of("scope", "service", "sub", service.value())))
        .containsExactlyInAnyOrder("SCOPE_service", service.authority());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "client_id", "azp"})
  void an_issuer_may_name_a_service_by_subject_or_client_id(String claim) {
    Map<String, Object> token = Map.of("scope", "service", claim, "f3b1");

    assertThat(authorities(Map.of("saga", "f3b0,f3b1"), token))
        .containsExactlyInAnyOrder("SCOPE_service", "SERVICE_saga");
  }

  @Test
  void a_service_that_has_another_name_has_its_own_no_longer() {
    assertThat(authorities(Map.of("saga", "f3b1"), Map.of("scope", "service", "sub", "saga")))
        .containsExactly("SCOPE_service");
  }

  @Test
  void the_name_of_a_service_is_worth_nothing_without_the_scope() {
    assertThat(authorities(Map.of(), Map.of("scope", "customer", "sub", "saga")))
        .containsExactly("SCOPE_customer");
  }

  @Test
  void a_service_that_nobody_knows_may_do_nothing() {
    assertThat(authorities(Map.of(), Map.of("scope", "service", "sub", "somewhere")))
        .containsExactly("SCOPE_service");
  }

  private static List<String> authorities(
      Map<String, String> services, Map<String, Object> claims) {
    var settings = new HashMap<String, String>();
    settings.put("orderflow.identity.issuer-uri", "https://issuer");
    services.forEach((name, value) -> settings.put("orderflow.identity.services." + name, value));
    var identity =
        new Binder(new MapConfigurationPropertySource(settings))
            .bind("orderflow.identity", IdentityProperties.class)
            .get();
    var token =
        Jwt.withTokenValue("token")
            .header("alg", "RS256")
            .claims(all -> all.putAll(claims))
            .build();
    return new CallerAuthorities(identity)
        .convert(token).stream().map(GrantedAuthority::getAuthority).toList();
  }
}
