package dev.orderflow.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.standalone.FakeProject;
import dev.orderflow.standalone.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
  @TempDir private Path directory;

  /** Stands for a service. */
  public static final class Greeting {
    private Greeting() {}

    public static void main(String[] arguments) {
      System.out.print("hello");
    }
  }

  @Test
  void a_service_that_was_tried_starts_with_what_was_learned() throws Exception {
    var cache = cacheOf(jar());

    assertThat(cache.make(List.of("-XX:+UseSerialGC"), Map.of())).isTrue();

    assertThat(cache.file()).isNotEmptyFile();
    assertThat(directory.resolve("learned.new")).doesNotExist();
    assertThat(output(cache, List.of("-XX:+UseSerialGC", "-XX:AOTMode=on"))).isEqualTo("hello");
  }

  @Test
  void a_service_is_tried_once() throws IOException {
    var cache = cacheOf(directory.resolve("no.jar"));
    Files.writeString(cache.file(), "learned before");

    assertThat(cache.make(List.of(), Map.of())).isFalse();

    assertThat(cache.file()).hasContent("learned before");
  }

  @Test
  void a_jvm_that_it_does_not_suit_starts_without_a_word() throws Exception {
    var cache = cacheOf(jar());
    cache.make(List.of("-XX:+UseSerialGC"), Map.of());

    assertThat(output(cache, List.of("-XX:+UseZGC"))).isEqualTo("hello");
    Files.writeString(cache.file(), "no cache");
    var options = cache.options();
    assertThat(output(cache, List.of("-XX:+UseSerialGC"))).isEqualTo("hello");
    Files.delete(cache.file());
    assertThat(output(cache, options)).isEqualTo("hello");
  }

  @Test
  void a_service_that_cannot_be_tried_is_started_without_one() throws IOException {
    var cache = cacheOf(Files.writeString(directory.resolve("service.jar"), "no jar"));

    cache.make(List.of(), Map.of());

    assertThat(cache.options()).isEmpty();
    assertThat(directory.resolve("learned.log")).isNotEmptyFile();
  }

  @Test
  void one_that_is_not_finished_is_not_used() throws IOException {
    var cache = cacheOf(directory.resolve("service.jar"));
    var unfinished = Files.createFile(directory.resolve("learned.new"));

    assertThat(cache.options()).isEmpty();
    Files.move(unfinished, cache.file());
    assertThat(cache.options()).contains("-XX:AOTCache=" + cache.file());
  }

  private AotCache cacheOf(Path jar) {
    return new AotCache(jar, directory.resolve("learned"));
  }

  private Path jar() throws IOException {
    var jar = directory.resolve("service.jar");
    FakeProject.writeJar(jar, Greeting.class);
    return jar;
  }

  private static String output(AotCache cache, List<String> options)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(JavaProcess.program());
    command.addAll(cache.options());
    command.addAll(options);
    command.addAll(List.of("-jar", cache.jar().toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes());
    process.waitFor();
    return output;
  }
}
