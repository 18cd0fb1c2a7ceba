package dev.orderflow.standalone.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.standalone.process.JavaProcess;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  @Test
  void launchers_that_have_what_the_other_one_waits_for_both_come_to_their_turn() throws Exception {
    var cache = new BinaryCache(directory);
    var first = cache.turn("first");
    var other =
        new ProcessBuilder(
                JavaProcess.program(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherLauncher.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("has the second");
      var second = CompletableFuture.supplyAsync(() -> turn(cache, "second"));
      assertThat(second).isNotDone();

      first.close();

      assertThat(said.readLine()).isEqualTo("has the first, too");
      second.get(20, TimeUnit.SECONDS).close();
    } finally {
      other.destroyForcibly().onExit().join();
    }
  }

  private static FileChannel turn(BinaryCache cache, String name) {
    try {
      return cache.turn(name);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Has the second lock, and waits for the first one. */
  static final class OtherLauncher {
    private OtherLauncher() {}

    public static void main(String[] arguments) throws IOException {
      var cache = new BinaryCache(Path.of(arguments[0]));
      try (var _ = cache.turn("second")) {
        System.out.println("has the second");
        try (var _ = cache.turn("first")) {
          System.out.println("has the first, too");
        }
      }
    }
  }
}
