package dev.orderflow.gateway.identity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientsTest {
  private final Clients clients = new Clients(List.of(), new FailedSignIns(() -> Instant.EPOCH));

  private void failTimes(String clientId, int count) {
    for (var failure = 0; failure < count; failure++) {
      assertThatThrownBy(() -> signIn(clientId)).isInstanceOf(TokenRequestException.class);
    }
  }

  private void signIn(String clientId) {
    var credentials = (clientId + ":wrong").getBytes(StandardCharsets.UTF_8);
    clients.authenticate("Basic " + Base64.getEncoder().encodeToString(credentials), "192.0.2.1");
  }

  @Test
  void failures_of_an_unknown_client_are_remembered() {
    failTimes("x".repeat(100), 5);

    assertThatThrownBy(() -> signIn("x".repeat(100))).isInstanceOf(SignInPausedException.class);
  }

  @Test
  void an_unknown_client_with_an_id_that_is_too_long_is_refused_and_not_remembered() {
    failTimes("x".repeat(101), 20);
  }
}
