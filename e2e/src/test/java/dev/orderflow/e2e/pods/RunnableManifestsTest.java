package dev.orderflow.e2e.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnableManifestsTest {
  private final String redis;

  RunnableManifestsTest() throws IOException {
    redis =
        Files.readString(
            PlatformUnderTest.PROJECT.resolve("deploy/kubernetes/components/redis/redis.yaml"));
  }

  @Test
  void what_is_done_is_read() {
    assertThat(RunnableManifests.parse(redis).workloads())
        .singleElement()
        .satisfies(workload -> assertThat(workload.replicas()).isEqualTo(1));
  }

  @ParameterizedTest
  @CsvSource({
    "enableServiceLinks: false, enableServiceLinks: true",
    "enableServiceLinks: false, 'enableServiceLinks: false\n      hostNetwork: true'",
    "periodSeconds: 2, 'periodSeconds: 2\n            initialDelaySeconds: 5'",
    "allowPrivilegeEscalation: false, procMount: Default",
    "type: RuntimeDefault, type: Localhost",
    "runAsUser: 999, runAsUser: 0",
    "emptyDir: {}, hostPath: {}",
    "kind: Service, kind: Job",
  })
  void what_is_not_done_is_refused(String words, String others) {
    var manifests = redis.replace(words, others);

    assertThat(manifests).isNotEqualTo(redis);
    assertThatThrownBy(() -> RunnableManifests.parse(manifests)).isNotNull();
  }
}
