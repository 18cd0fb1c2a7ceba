package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(.*[_.-])?(password|secret|token|credentials|(private|signing|api)[_.-]?key)");

  /** A PEM file, a JWT, a Secret with all that is in it, a password in an address. */
  private static final Pattern SECRET =
      Pattern.compile("-----BEGIN|eyJ[\\w-]{8,}\\.|kind: Secret\\b|://[^/\\s:$]+:[^/\\s$]+@");

  private static final ManifestRule BY_REFERENCE =
      manifests -> manifests.objects().stream().flatMap(SecretsTest::literals);

  @Test
  void secretsAreOnlyReferredTo() {
    BY_REFERENCE.holds();
  }

  @ParameterizedTest
  @CsvSource({
    "SPRING_GRPC_SERVER_PORT:, SPRING_DATASOURCE_PASSWORD:",
    "name: KAFKA_HEAP_OPTS, name: KAFKA_SSL_KEYSTORE_PASSWORD",
    "SIGNING_KEY: file:/run/, SIGNING_KEY: MIIEvQ",
  })
  void aSecretInAManifestIsNoticed(String words, String others) {
    BY_REFERENCE.isBrokenBy(words, others);
  }

  @Test
  void noFileHoldsASecret() {
    assertThat(ProjectFiles.filesBelow(ProjectFiles.ROOT.resolve("deploy"), ""))
        .filteredOn(SecretsTest::isDelivered)
        .isNotEmpty()
        .allSatisfy(file -> assertThat(ProjectFiles.read(file)).doesNotContainPattern(SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----",
        "Bearer eyJhbGciOiJSUzI1NiJ9.e30.",
        "kind: Secret",
        "redis://user:word@redis:6379"
      })
  void aSecretInAFileIsNoticed(String text) {
    assertThat(text).containsPattern(SECRET);
  }

  private static boolean isDelivered(Path file) {
    return Stream.of("src", "target")
        .noneMatch(name -> file.startsWith(ProjectFiles.ROOT.resolve("deploy").resolve(name)));
  }

  private static Stream<String> literals(JsonElement element) {
    if (element.isJsonArray()) {
      return StreamSupport.stream(element.getAsJsonArray().spliterator(), false)
          .flatMap(SecretsTest::literals);
    }
    if (!element.isJsonObject()) {
      return Stream.of();
    }
    var object = element.getAsJsonObject();
    return Stream.concat(
            entries(object), object.asMap().values().stream().flatMap(SecretsTest::literals))
        .distinct();
  }

  /** Names with words beside them, also as the environment of a container has them. */
  private static Stream<String> entries(JsonObject object) {
    var variable =
        object.has("name") && object.has("value")
            ? Stream.of(Map.entry(object.get("name").getAsString(), object.get("value")))
            : Stream.<Map.Entry<String, JsonElement>>of();
    return Stream.concat(variable, object.entrySet().stream())
        .filter(entry -> NAME.matcher(entry.getKey()).matches())
        .filter(entry -> entry.getValue().isJsonPrimitive())
        .filter(entry -> !entry.getValue().getAsString().matches("(file:)?/run/.*"))
        .map(Map.Entry::getKey);
  }
}
