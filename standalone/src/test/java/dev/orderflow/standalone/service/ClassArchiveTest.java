package dev.orderflow.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir private Path directory;

  @Test
  void a_service_that_cannot_be_tried_is_started_without_an_archive() throws IOException {
    var archive = new ClassArchive(Files.writeString(directory.resolve("service.jar"), "no jar"));

    archive.make(List.of(), Map.of());

    assertThat(archive.options()).isEmpty();
    assertThat(directory.resolve("class-archive.log")).isNotEmptyFile();
  }

  @Test
  void an_archive_that_is_not_finished_is_not_used() throws IOException {
    var archive = new ClassArchive(directory.resolve("service.jar"));
    Files.createFile(directory.resolve("classes.jsa.new"));

    assertThat(archive.options()).isEmpty();
    Files.move(directory.resolve("classes.jsa.new"), directory.resolve("classes.jsa"));
    assertThat(archive.options())
        .contains("-XX:SharedArchiveFile=" + directory.resolve("classes.jsa"));
  }
}
