package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanSearchTest {
  private static final Instant LATER = Instant.now().plusSeconds(3600);

  private final List<Process> children = new ArrayList<>();
  @TempDir private Path directory;
  private Path data;
  private Path redis;

  @BeforeEach
  void make_a_data_directory() throws IOException {
    directory = directory.toRealPath();
    data = Files.createDirectory(directory.resolve("data"));
    redis = Files.createDirectory(data.resolve("redis"));
  }

  @AfterEach
  void end_the_children() {
    children.forEach(child -> child.destroyForcibly().onExit().join());
  }

  @Test
  void a_process_with_the_mark_of_the_data_directory_is_found_and_ends() throws IOException {
    var child = marked(data.resolve("kafka"));

    var found = new OrphanSearch(data, LATER).find();

    assertThat(found).extracting(Orphan::name).containsExactly("kafka");
    found.getFirst().end().join();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void a_process_with_the_mark_of_another_data_directory_is_none() throws IOException {
    marked(directory.resolve("data-2").resolve("kafka"));

    assertThat(new OrphanSearch(data, LATER).find()).isEmpty();
  }

  @Test
  void another_program_that_only_bears_the_mark_is_none() throws IOException {
    start(directory, "sh", "-c", "read line", JavaProcess.marker(data.resolve("kafka")));

    assertThat(new OrphanSearch(data, LATER).find()).isEmpty();
  }

  @Test
  void a_server_that_works_in_the_data_directory_is_found_and_ends() throws IOException {
    var child = server("redis-server", redis);

    var found = new OrphanSearch(data, LATER).find();

    assertThat(found).extracting(Orphan::name).containsExactly("redis-server");
    found.getFirst().end().join();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void a_server_that_works_elsewhere_and_a_foreign_program_in_the_directory_are_none()
      throws IOException {
    server("redis-server", directory);
    server("editor", redis);

    assertThat(new OrphanSearch(data, LATER).find()).isEmpty();
  }

  @Test
  void what_was_started_later_is_none() throws IOException {
    server("redis-server", redis);
    marked(data.resolve("kafka"));

    assertThat(new OrphanSearch(data, Instant.now().minusSeconds(60)).find()).isEmpty();
  }

  /** Not a JVM but a shell under its name, which waits for its input as long. */
  private Process marked(Path name) throws IOException {
    return start(
        directory, program("java", "/bin/sh"), "-c", "read line", JavaProcess.marker(name));
  }

  /** Not a server but `cat`, which waits for its input as long. */
  private Process server(String name, Path workingDirectory) throws IOException {
    return start(workingDirectory, program(name, "/bin/cat"));
  }

  private String program(String name, String original) throws IOException {
    var program = directory.resolve(name);
    Files.copy(Path.of(original).toRealPath(), program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program.toString();
  }

  private Process start(Path workingDirectory, String... command) throws IOException {
    var child = new ProcessBuilder(command).directory(workingDirectory.toFile()).start();
    children.add(child);
    return child;
  }
}
