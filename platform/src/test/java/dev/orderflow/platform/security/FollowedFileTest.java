package dev.orderflow.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

class FollowedFileTest {
  @TempDir private Path directory;
  private Path file;
  private final AtomicInteger parsed = new AtomicInteger();

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("number"), "1");
  }

  private FollowedFile<Integer> follow() {
    return new FollowedFile<>(
        new FileSystemResource(file),
        text -> {
          parsed.incrementAndGet();
          return Integer.valueOf(text);
        },
        Duration.ofNanos(1));
  }

  @Test
  void what_the_file_says_now_counts() throws IOException {
    var number = follow();
    assertThat(number.get()).isEqualTo(1);

    Files.writeString(file, "2");

    await().untilAsserted(() -> assertThat(number.get()).isEqualTo(2));
  }

  @Test
  void what_has_not_changed_is_not_read_again() {
    var number = follow();
    for (var i = 0; i < 10; i++) {
      number.get();
    }

    assertThat(parsed).hasValue(1);
  }

  @Test
  void a_file_that_is_away_or_not_as_it_should_be_changes_nothing() throws IOException {
    var number = follow();

    Files.writeString(file, "nonsense");
    assertThat(number.get()).isEqualTo(1);
    Files.delete(file);
    assertThat(number.get()).isEqualTo(1);
    Files.writeString(file, "3");

    await().untilAsserted(() -> assertThat(number.get()).isEqualTo(3));
  }

  @Test
  void a_file_that_is_not_there_at_the_start_is_an_error_that_names_it() throws IOException {
    Files.delete(file);

    assertThatThrownBy(this::follow)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_file_that_is_not_as_it_should_be_at_the_start_is_an_error_that_names_it()
      throws IOException {
    Files.writeString(file, "nonsense");

    assertThatThrownBy(this::follow)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
  }
}
