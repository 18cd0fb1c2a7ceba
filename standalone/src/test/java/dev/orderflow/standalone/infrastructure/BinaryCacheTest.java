package dev.orderflow.standalone.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {
  @TempDir private Path directory;

  @BeforeEach
  void resolve_links() throws IOException {
    directory = directory.toRealPath();
  }

  @Test
  void an_entry_is_known_by_its_real_path_as_the_kernel_shows_it() throws IOException {
    var real = Files.createDirectory(directory.resolve("disk"));
    var cache = new BinaryCache(Files.createSymbolicLink(directory.resolve("cache"), real));

    assertThat(cache.entry("one", empty -> {})).isEqualTo(real.resolve("one"));
    assertThat(cache.entry("one", empty -> {})).isEqualTo(real.resolve("one"));
  }

  @Test
  void an_entry_that_could_not_be_filled_is_absent() {
    var cache = new BinaryCache(directory);

    assertThatThrownBy(() ->
            cache.entry(
                "one",
                empty -> {
                  Files.writeString(empty.resolve("half"), "");
                  throw new IOException("disk full");
                }))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("disk full");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void what_two_launchers_fill_at_once_is_there_for_both() {
    var cache = new BinaryCache(directory);

    var entry =
        cache.entry(
            "one",
            slow -> {
              Files.writeString(slow.resolve("file"), "");
              cache.entry("one", fast -> Files.writeString(fast.resolve("file"), ""));
            });

    assertThat(entry).isEqualTo(directory.resolve("one")).isDirectoryContaining("glob:**file");
    assertThat(directory).isDirectoryNotContaining("glob:**one.*");
  }
}
