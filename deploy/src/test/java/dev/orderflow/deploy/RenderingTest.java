package dev.orderflow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenderingTest {
  private static final List<String> COMPONENTS = List.of("redis", "gateway-api", "monitoring");

  @BeforeEach
  void thisMachineRenders() {
    assumeTrue(
        Kustomize.onThisMachine().isPresent(),
        "Not rendered: no kustomize and no recent kubectl on the path, and "
            + Kustomize.VARIABLE
            + " names none");
  }

  static List<List<String>> combinations() {
    List<List<String>> combinations = new ArrayList<>(List.of(List.of()));
    for (var component : COMPONENTS) {
      for (var combination : List.copyOf(combinations)) {
        var larger = new ArrayList<>(combination);
        larger.add(component);
        combinations.add(larger);
      }
    }
    return combinations;
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyCombinationOfComponentsRenders(List<String> components) throws IOException {
    var kustomization =
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - ../../kubernetes/base
        components: [%s]
        """
            .formatted(
                components.stream()
                    .map(component -> "../../kubernetes/components/" + component)
                    .collect(Collectors.joining(", ")));
    assertThat(render(written(kustomization)).services()).hasSize(4);
  }

  @Test
  void whatIsWrongDoesNotRender() throws IOException {
    var directory = written("resources: [not-there.yaml]");
    assertThatThrownBy(() -> render(directory)).hasMessageContaining("not-there.yaml");
  }

  private static Manifests render(Path directory) {
    return Manifests.parse(Kustomize.onThisMachine().orElseThrow().render(directory));
  }

  /** Below the project, because kustomize takes only relative paths. */
  private static Path written(String kustomization) throws IOException {
    var directory = Files.createDirectories(Path.of("target/kustomization").toAbsolutePath());
    Files.writeString(directory.resolve("kustomization.yaml"), kustomization);
    return directory;
  }
}
