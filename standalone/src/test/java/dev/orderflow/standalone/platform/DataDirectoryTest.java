package dev.orderflow.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void a_directory_of_another_program_with_something_of_our_names_is_refused_and_left_as_it_is()
      throws IOException {
    var foreign = Files.writeString(Files.createDirectories(root.resolve("logs")).resolve("x"), "");

    assertThatThrownBy(() -> DataDirectory.take(root))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("logs")
        .hasMessageContaining("--data-dir");
    assertThat(foreign).exists();
    assertThat(root).isDirectoryNotContaining("glob:**lock");
    assertThat(DataDirectory.isOne(root)).isFalse();
  }

  @Test
  void a_directory_that_was_taken_once_is_ours_from_then_on() throws IOException {
    try (var data = DataDirectory.take(root)) {
      Files.createDirectory(data.postgres());
    }

    assertThat(DataDirectory.isOne(root)).isTrue();
    DataDirectory.take(root).close();
  }

  @Test
  void databases_that_were_never_completed_are_deleted() throws IOException {
    try (var data = DataDirectory.take(root)) {
      Files.createDirectories(root.resolve("postgres.new123/data/base"));
      Files.createDirectory(data.postgres());

      data.deleteUnfinished();

      assertThat(root.resolve("postgres.new123")).doesNotExist();
      assertThat(data.postgres()).exists();
    }
  }

  @Test
  void what_staff_stopped_is_started_by_the_next_launcher() throws IOException {
    var data = DataDirectory.take(root);
    Files.createFile(data.emptyStopped().resolve("saga-1"));

    assertThat(data.emptyStopped()).isEmptyDirectory();
  }

  @Test
  void deleting_leaves_nothing() throws IOException {
    var data = DataDirectory.take(root);
    Files.createDirectories(data.postgres().resolve("base/1"));
    Files.writeString(Files.createDirectories(data.kafka()).resolve("log"), "x");
    Files.createDirectories(root.resolve("postgres.new123/data"));
    for (var file :
        List.of(
            data.demoMarker(),
            data.clusterFile(),
            root.resolve("processes.json"),
            data.secretsFile())) {
      Files.writeString(file, "");
    }
    for (var directory : List.of(data.redis(), data.identity(), data.mails(), data.cache())) {
      Files.createDirectory(directory);
    }
    Files.createFile(data.emptyStopped().resolve("saga-1"));
    Files.createDirectories(data.log("kafka").path());

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
