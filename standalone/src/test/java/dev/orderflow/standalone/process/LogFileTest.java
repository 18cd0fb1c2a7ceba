package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir private Path directory;

  @Test
  void the_tail_is_the_last_lines_in_their_order() throws IOException {
    var file = Files.writeString(directory.resolve("a.log"), "one\ntwo\nthree\n");

    assertThat(new LogFile(file).tail(2)).containsExactly("two", "three");
  }

  @Test
  void a_missing_file_has_no_tail() {
    assertThat(new LogFile(directory.resolve("none.log")).tail(5)).isEmpty();
  }

  @Test
  void a_large_file_makes_room_and_a_small_one_stays() throws IOException {
    var large = Files.write(directory.resolve("large.log"), new byte[11 * 1024 * 1024]);
    var small = Files.writeString(directory.resolve("small.log"), "kept");

    new LogFile(large).prepare();
    new LogFile(small).prepare();

    assertThat(large).isEmptyFile();
    assertThat(directory.resolve("large.log.1")).hasSize(11 * 1024 * 1024);
    assertThat(small).hasContent("kept");
  }

  @Test
  void a_large_file_that_cannot_make_room_stays_and_is_no_failure() throws IOException {
    var large = Files.write(directory.resolve("large.log"), new byte[11 * 1024 * 1024]);
    Files.createFile(Files.createDirectory(directory.resolve("large.log.1")).resolve("full"));

    new LogFile(large).prepare();

    assertThat(large).hasSize(11 * 1024 * 1024);
  }

  @Test
  void a_large_file_is_emptied_below_the_process_that_writes_to_it() throws IOException {
    var large = Files.write(directory.resolve("large.log"), new byte[11 * 1024 * 1024]);

    new LogFile(large).rotate();

    assertThat(large).isEmptyFile();
    assertThat(directory.resolve("large.log.1")).hasSize(11 * 1024 * 1024);
  }
}
