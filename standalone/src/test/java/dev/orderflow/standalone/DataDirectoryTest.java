package dev.orderflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path parent;
  private Path root;

  @BeforeEach
  void choose_a_directory() {
    root = parent.resolve("data");
  }

  @Test
  void a_directory_belongs_to_one_launcher_at_a_time() throws IOException {
    try (var first = DataDirectory.take(root)) {
      assertThat(first.root()).isDirectory();
      assertThatThrownBy(() -> DataDirectory.take(root))
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("running on " + root)
          .hasMessageContaining("--data-dir");
    }
    DataDirectory.take(root).close();
  }

  @Test
  void a_path_that_is_a_file_is_refused_with_the_remedy() throws IOException {
    Files.writeString(root, "");

    assertThatThrownBy(() -> DataDirectory.take(root))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining(root.toString())
        .hasMessageContaining("--data-dir");
  }

  @Test
  void deleting_leaves_nothing() throws IOException {
    var data = DataDirectory.take(root);
    Files.createDirectories(data.postgres().resolve("base/1"));
    Files.writeString(Files.createDirectories(data.kafka()).resolve("log"), "x");
    Files.writeString(data.demoMarker(), "");

    assertThat(data.delete()).isTrue();
    assertThat(root).doesNotExist();
  }

  @Test
  void deleting_leaves_what_is_not_ours() throws IOException {
    var data = DataDirectory.take(root);
    var foreign = Files.writeString(root.resolve("thesis.txt"), "years of work");
    Files.writeString(Files.createDirectories(data.kafka()).resolve("log"), "x");

    assertThat(data.delete()).isFalse();
    assertThat(foreign).hasContent("years of work");
    assertThat(root.resolve("kafka")).doesNotExist();
  }
}
