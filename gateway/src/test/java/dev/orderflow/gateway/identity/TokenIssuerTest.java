package dev.orderflow.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

class TokenIssuerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Client BOTH = new Client("both", "the-secret", "customer staff");

  private Instant now = NOW;
  private final List<JwtClaimsSet> encoded = new ArrayList<>();
  private final TokenIssuer issuer =
      new TokenIssuer(
          parameters -> {
            encoded.add(parameters.getClaims());
            return Jwt.withTokenValue("the-token").header("alg", "RS256").claim("a", "b").build();
          },
          "http://issuer.test",
          "orderflow",
          Duration.ofMinutes(5),
          ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void who_asks_for_no_scope_gets_all_that_it_may_have(String requested) {
    assertThat(issuer.issue(BOTH, requested).scope()).isEqualTo("customer staff");
  }

  @Test
  void a_token_lasts_as_long_as_is_set() {
    var response = issuer.issue(BOTH, "staff");

    assertThat(response.expiresIn()).isEqualTo(300);
    assertThat(encoded.getFirst().getIssuedAt()).isEqualTo(NOW);
    assertThat(encoded.getFirst().getExpiresAt()).isEqualTo(NOW.plusSeconds(300));
  }

  @Test
  void a_token_is_given_again_while_most_of_its_life_is_left() {
    issuer.issue(BOTH, "customer staff");
    now = NOW.plusSeconds(149);

    assertThat(issuer.issue(BOTH, "staff customer").expiresIn()).isEqualTo(151);
    assertThat(encoded).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"staff customer", " customer  staff ", "staff customer staff"})
  void scopes_are_signed_once_each_in_one_order_however_they_are_asked_for(String requested) {
    assertThat(issuer.issue(BOTH, requested).scope()).isEqualTo("customer staff");
    assertThat(encoded.getFirst().<String>getClaim("scope")).isEqualTo("customer staff");
  }

  @Test
  void a_token_that_has_lived_for_half_of_its_life_is_followed_by_one_with_another_id() {
    issuer.issue(BOTH, null);
    now = NOW.plusSeconds(150);

    assertThat(issuer.issue(BOTH, null).expiresIn()).isEqualTo(300);
    assertThat(encoded.get(0).getId()).isNotEqualTo(encoded.get(1).getId());
  }

  @Test
  void other_scopes_are_another_token() {
    issuer.issue(BOTH, "customer");
    issuer.issue(BOTH, "staff");

    assertThat(encoded).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "staff service", "STAFF"})
  void a_scope_that_the_client_may_not_have_is_refused(String requested) {
    assertThatThrownBy(() -> issuer.issue(BOTH, requested))
        .isInstanceOf(TokenRequestException.class);
    assertThat(encoded).isEmpty();
  }

  @Test
  void neither_clients_nor_answers_print_their_secrets() {
    assertThat(BOTH.toString()).doesNotContain("the-secret");
    assertThat(issuer.issue(BOTH, null).toString()).doesNotContain("the-token");
  }
}
