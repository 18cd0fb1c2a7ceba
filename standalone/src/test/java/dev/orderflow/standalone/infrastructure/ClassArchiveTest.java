package dev.orderflow.standalone.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir private Path directory;
  private Path jar;
  private Path library;
  private ClassArchive archive;

  @BeforeEach
  void build() throws IOException {
    jar = Files.writeString(directory.resolve("program.jar"), "a build");
    library = Files.createDirectory(directory.resolve("lib")).resolve("library.jar");
    Files.writeString(library, "a library");
    archive = archiveOf(jar.toString());
  }

  private ClassArchive archiveOf(String classPath) {
    return new ClassArchive(new BinaryCache(directory.resolve("cache")), "program", classPath);
  }

  @Test
  void it_is_kept_as_long_as_the_build_is_the_same() throws IOException {
    var file = Files.createFile(archive.file());

    assertThat(archive.file()).isEqualTo(file).exists();
  }

  @Test
  void another_build_in_the_same_place_takes_its_place() throws IOException {
    var earlier = Files.createFile(archive.file());
    var log = Files.createFile(earlier.resolveSibling(earlier.getFileName() + ".log"));
    Files.writeString(jar, "another build");

    assertThat(archive.file()).isNotEqualTo(earlier).doesNotExist();
    assertThat(earlier).doesNotExist();
    assertThat(log).doesNotExist();
  }

  @Test
  void another_build_of_a_library_is_another_build() throws IOException {
    var earlier = Files.createFile(archive.file());
    Files.writeString(library, "another build");

    assertThat(archive.file()).isNotEqualTo(earlier).doesNotExist();
    assertThat(earlier).doesNotExist();
  }

  @Test
  void builds_in_different_places_have_their_own() throws IOException {
    var file = Files.createFile(archive.file());
    var classes = directory + ":" + jar;

    assertThat(archiveOf(classes).file()).isNotEqualTo(file);
    assertThat(file).exists();
  }
}
