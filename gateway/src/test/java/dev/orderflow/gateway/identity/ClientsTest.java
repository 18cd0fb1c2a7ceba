package dev.orderflow.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientsTest {
  private final Clients clients =
      new Clients(
          List.of(new Client("alice", "the-secret", "customer")),
          new FailedSignIns(() -> Instant.EPOCH));

  private void failTimes(String clientId, int count) {
    for (var failure = 0; failure < count; failure++) {
      assertThat(clients.authenticate(clientId, "wrong", "192.0.2.1")).isEmpty();
    }
  }

  @Test
  void failures_of_an_unknown_client_are_remembered() {
    failTimes("x".repeat(100), 5);

    assertThatThrownBy(() -> failTimes("x".repeat(100), 1))
        .isInstanceOf(SignInPausedException.class);
  }

  @Test
  void an_unknown_client_with_an_id_that_is_too_long_is_refused_and_not_remembered() {
    failTimes("x".repeat(101), 20);
  }

  @Test
  void only_people_sign_in_on_the_page() {
    assertThat(new Client("a", "s", "customer").isPerson()).isTrue();
    assertThat(new Client("a", "s", "customer staff").isPerson()).isTrue();
    assertThat(new Client("a", "s", "service").isPerson()).isFalse();
    assertThat(new Client("a", "s", "staff service").isPerson()).isFalse();
    assertThat(new Client("a", "s", "openid customer staff").isPerson()).isFalse();
  }

  @Test
  void no_client_prints_its_secret() {
    assertThat(clients.find("alice").toString()).contains("alice").doesNotContain("the-secret");
  }
}
