package dev.orderflow.deploy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of the project. */
final class ProjectFiles {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");

  private static final Pattern COMPOSE = Pattern.compile("(docker-)?compose(\\..+)?\\.ya?ml");

  private ProjectFiles() {}

  /** A file by its path in the project. */
  static String read(String file) {
    return read(ROOT.resolve(file));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sources of a module, without those of its tests. */
  static Stream<Path> sources(String module) {
    return filesBelow(ROOT.resolve(module).resolve("src/main/java"), ".java");
  }

  /** The files below a directory whose names end so, in order; none where there is no directory. */
  static Stream<Path> filesBelow(Path directory, String ending) {
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (var files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What sets the services' settings: manifests and Compose files. */
  static List<Path> settingFiles() {
    return Stream.concat(
            filesBelow(KUBERNETES, ""),
            Stream.of(Objects.requireNonNull(ROOT.toFile().listFiles()))
                .map(File::toPath)
                .filter(file -> COMPOSE.matcher(file.getFileName().toString()).matches()))
        .toList();
  }
}
