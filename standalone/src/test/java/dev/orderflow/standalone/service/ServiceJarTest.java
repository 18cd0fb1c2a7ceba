package dev.orderflow.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJarTest {
  @TempDir private Path project;
  private Path target;

  @BeforeEach
  void make_a_module() throws IOException {
    project = project.toRealPath();
    target = Files.createDirectories(project.resolve("saga/target"));
  }

  @Test
  void of_several_versions_the_last_build_is_run() throws IOException {
    var last = built("saga-1.0.jar", 2);
    built("saga-1.1.jar", 1);
    built("saga-1.0-tests.jar", 3);
    built("saga-1.0-sources.jar", 3);
    built("other-1.0.jar", 3);

    assertThat(ServiceJar.of(project, "saga")).isEqualTo(last);
  }

  @Test
  void where_nothing_is_built_the_remedy_is_told() throws IOException {
    assertRemedy();
    Files.delete(target);
    assertRemedy();
  }

  private void assertRemedy() {
    assertThatThrownBy(() -> ServiceJar.of(project, "saga"))
        .isInstanceOf(StartFailedException.class)
        .hasMessage(
            "There is no jar in %s. Build first: ./mvnw -DskipTests package".formatted(target));
  }

  private Path built(String name, int second) throws IOException {
    var jar = Files.createFile(target.resolve(name));
    return Files.setLastModifiedTime(jar, FileTime.fromMillis(second * 1000L));
  }
}
