package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

class AccessTokensTest {
  private static final String ISSUER = "https://issuer.test";

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT"})
  void an_access_token_of_any_spelling_is_taken(String type) {
    assertThat(isTaken(token().headers(headers -> headers.compute("typ", (_, _) -> type))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logout+jwt", "dpop+jwt", "id_token+jwt", "secevent+jwt"})
  void a_token_of_another_kind_is_refused(String type) {
    assertThat(isTaken(token().header("typ", type))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "at_hash", "c_hash"})
  void an_id_token_is_refused(String claim) {
    assertThat(isTaken(token().claim(claim, "x"))).isFalse();
  }

  @Test
  void an_id_token_of_keycloak_is_refused() {
    assertThat(isTaken(token().claim("typ", "ID"))).isFalse();
    assertThat(isTaken(token().claim("typ", "Bearer"))).isTrue();
  }

  @Test
  void a_token_for_others_is_refused() {
    assertThat(isTaken(token().audience(List.of("others")))).isFalse();
    assertThat(isTaken(token().claims(claims -> claims.remove("aud")))).isFalse();
    assertThat(isTaken(token().audience(List.of("others", "orderflow")))).isTrue();
  }

  @Test
  void a_token_for_ever_is_refused() {
    assertThat(isTaken(token().claims(claims -> claims.remove("exp")))).isFalse();
    assertThat(isTaken(token().expiresAt(Instant.now().minusSeconds(600)))).isFalse();
  }

  @Test
  void a_token_of_another_issuer_is_refused() {
    assertThat(isTaken(token().issuer("https://elsewhere.test"))).isFalse();
  }

  @Test
  void clocks_may_differ_by_a_minute_and_no_more() {
    var now = Instant.now();

    assertThat(isTaken(token().expiresAt(now.minusSeconds(30)))).isTrue();
    assertThat(isTaken(token().notBefore(now.plusSeconds(30)))).isTrue();
    assertThat(isTaken(token().expiresAt(now.minusSeconds(60)))).isFalse();
    assertThat(isTaken(token().notBefore(now.plusSeconds(120)))).isFalse();
  }

  private static boolean isTaken(Jwt.Builder token) {
    return !AccessTokens.of(ISSUER, "orderflow").validate(token.build()).hasErrors();
  }

  private static Jwt.Builder token() {
    return Jwt.withTokenValue("token")
        .header("alg", "RS256")
        .issuer(ISSUER)
        .subject("alice")
        .audience(List.of("orderflow"))
        .expiresAt(Instant.now().plusSeconds(600));
  }
}
