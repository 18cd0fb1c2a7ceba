package dev.orderflow.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

class ReusedTokensTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Client BOTH = new Client("both", "the-secret", "customer staff");

  private Instant now = NOW;
  private final List<OAuth2TokenContext> signed = new ArrayList<>();
  private final ReusedTokens tokens =
      new ReusedTokens(
          context -> {
            signed.add(context);
            return Jwt.withTokenValue("token-" + signed.size())
                .header("alg", "RS256")
                .issuedAt(now)
                .expiresAt(now.plusSeconds(300))
                .build();
          },
          () -> now);

  private Jwt issue(String... scopes) {
    return issue(AuthorizationGrantType.CLIENT_CREDENTIALS, scopes);
  }

  private Jwt issue(AuthorizationGrantType grant, String... scopes) {
    return tokens.generate(
        DefaultOAuth2TokenContext.builder()
            .registeredClient(RegisteredClients.program(BOTH, Duration.ofMinutes(5)))
            .tokenType(OAuth2TokenType.ACCESS_TOKEN)
            .authorizationGrantType(grant)
            .authorizedScopes(Set.of(scopes))
            .build());
  }

  @Test
  void a_token_is_given_again_while_most_of_its_life_is_left_and_says_how_much_that_is() {
    var first = issue("customer", "staff");
    now = NOW.plusSeconds(149);

    var again = issue("staff", "customer");

    assertThat(again.getTokenValue()).isEqualTo(first.getTokenValue());
    assertThat(Duration.between(again.getIssuedAt(), again.getExpiresAt())).hasSeconds(151);
  }

  @Test
  void a_token_that_has_lived_for_half_of_its_life_is_followed_by_another_one() {
    issue("staff");
    now = NOW.plusSeconds(150);

    assertThat(issue("staff").getTokenValue()).isEqualTo("token-2");
  }

  @Test
  void other_scopes_are_another_token() {
    issue("customer");

    assertThat(issue("staff").getTokenValue()).isEqualTo("token-2");
  }

  @Test
  void what_a_person_is_granted_is_signed_each_time() {
    issue(AuthorizationGrantType.AUTHORIZATION_CODE, "customer");
    issue(AuthorizationGrantType.AUTHORIZATION_CODE, "customer");
    issue(AuthorizationGrantType.REFRESH_TOKEN, "customer");

    assertThat(signed).hasSize(3);
  }
}
