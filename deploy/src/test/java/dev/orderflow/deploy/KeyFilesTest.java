package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
  private static final Pattern FILE =
      Pattern.compile("file:/run/(?:orderflow/)?secrets/([\\w.-]+)");

  private static final String SESSION_KEYS = "ORDERFLOW_GATEWAY_SESSION_KEYS";

  @ParameterizedTest
  @CsvSource({
    "docker-compose.yml, deploy/docker/secrets.sh",
    "deploy/kubernetes/overlays/try/kustomization.yaml, deploy/kubernetes/secrets.sh"
  })
  void eachFileThatASettingNamesIsMade(String manifest, String script) {
    assertThat(unmade(ProjectFiles.read(manifest), ProjectFiles.read(script))).isEmpty();
  }

  @Test
  void aFileThatNothingMakesIsNoticed() {
    assertThat(unmade("KEY: file:/run/secrets/other.pem", "openssl > /secrets/gateway/key.pem"))
        .containsExactly("other.pem");
  }

  /** Where they have none, each gateway makes a key for itself, and browsers meet another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-compose.yml",
        "deploy/kubernetes/overlays/try/kustomization.yaml",
        "deploy/kubernetes/overlays/production/kustomization.yaml"
      })
  void allGatewaysHaveTheSameKeysOfSessions(String manifest) {
    assertThat(ProjectFiles.read(manifest)).contains(SESSION_KEYS);
  }

  private static Stream<String> unmade(String manifest, String script) {
    return FILE.matcher(manifest)
        .results()
        .map(file -> file.group(1))
        .distinct()
        .filter(name -> !script.contains(name));
  }
}
