package dev.orderflow.gateway.identity;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another key signs, and no process is started anew. */
class KeyRotationIT {
  @TempDir private Path directory;

  @Test
  void a_new_key_is_announced_then_signs_and_the_old_one_goes() throws Exception {
    var oldKeys = files();
    var newKeys = files();
    var signing = write("signing.pem", oldKeys.secret());
    var verifying = write("verifying.pem", oldKeys.open());
    try (var service = new FakeService("service");
        var gateway =
            RunningGateway.start(
                Map.of(
                    "orderflow.instances.query-side",
                    service.url(),
                    // Each token is signed anew.
                    "orderflow.gateway.issuer.token-lifetime",
                    "1s",
                    "orderflow.gateway.issuer.signing-key",
                    signing,
                    "orderflow.identity.public-key",
                    verifying))) {
      var first = token(gateway);
      assertThat(published(gateway)).containsExactly(keyOf(first));

      write("verifying.pem", oldKeys.open() + newKeys.open());
      write("signing.pem", oldKeys.secret() + newKeys.secret());
      await().untilAsserted(() -> assertThat(published(gateway)).hasSize(2));
      var announced = published(gateway).getLast();
      assertThat(keyOf(token(gateway))).isEqualTo(keyOf(first));

      write("signing.pem", newKeys.secret() + oldKeys.secret());
      await().untilAsserted(() -> assertThat(keyOf(token(gateway))).isEqualTo(announced));
      assertThat(ordersWith(token(gateway), gateway)).isEqualTo(200);
      var old = oldKeys.keys().token("alice", "customer");
      assertThat(ordersWith(old, gateway)).isEqualTo(200);

      write("signing.pem", newKeys.secret());
      write("verifying.pem", newKeys.open());
      await().untilAsserted(() -> assertThat(published(gateway)).containsExactly(announced));
      var another = oldKeys.keys().token("bob", "customer");
      await().untilAsserted(() -> assertThat(ordersWith(another, gateway)).isEqualTo(401));
      assertThat(ordersWith(token(gateway), gateway)).isEqualTo(200);

      // What cannot be read changes nothing.
      write("verifying.pem", "nonsense");
      write("signing.pem", "");
      assertThat(ordersWith(token(gateway), gateway)).isEqualTo(200);
      assertProblem(gateway.send(gateway.request("GET", "/orders")), 401, "UNAUTHENTICATED");
    }
  }

  private record Pair(SigningKeys keys, String secret, String open) {}

  private Pair files() throws IOException {
    var keys = SigningKeys.generate();
    return new Pair(keys, Files.readString(keys.privateKey()), Files.readString(keys.publicKey()));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toUri().toString();
  }

  private static String token(RunningGateway gateway) {
    var answer =
        gateway.send(
            gateway
                .request("POST", "/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString("alice:alice".getBytes()))
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    return RunningGateway.json(answer).path("access_token").asString();
  }

  private static int ordersWith(String token, RunningGateway gateway) {
    return gateway
        .send(gateway.request("GET", "/orders").header("Authorization", "Bearer " + token))
        .statusCode();
  }

  private static List<String> published(RunningGateway gateway) throws ParseException {
    return JWKSet.parse(gateway.send(gateway.request("GET", "/oauth2/jwks")).body())
        .getKeys()
        .stream()
        .map(JWK::getKeyID)
        .toList();
  }

  private static String keyOf(String token) throws ParseException {
    return SignedJWT.parse(token).getHeader().getKeyID();
  }
}
