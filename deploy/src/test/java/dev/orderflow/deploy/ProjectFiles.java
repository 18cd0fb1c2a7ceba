package dev.orderflow.deploy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of the project. */
final class ProjectFiles {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");

  private static final Pattern COMPOSE = Pattern.compile("(docker-)?compose(\\..+)?\\.ya?ml");

  private ProjectFiles() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files below a directory, in the order of their names; none where there is no directory. */
  static List<Path> filesBelow(Path directory, Predicate<Path> wanted) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What sets the services' settings: manifests and Compose files. */
  static List<Path> settingFiles() {
    return Stream.concat(
            filesBelow(KUBERNETES, file -> true).stream(),
            Stream.of(Objects.requireNonNull(ROOT.toFile().listFiles()))
                .map(File::toPath)
                .filter(file -> COMPOSE.matcher(file.getFileName().toString()).matches()))
        .toList();
  }
}
