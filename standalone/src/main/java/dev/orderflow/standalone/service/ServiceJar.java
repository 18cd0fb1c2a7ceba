package dev.orderflow.standalone.service;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The jar of a service, which names its libraries in {@code lib} beside it. */
final class ServiceJar {
  private ServiceJar() {}

  /** The jar that was built last below the project's directory, by its real path. */
  static Path of(Path project, String service) {
    var directory = project.resolve(service).resolve("target");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file ->
              file.getFileName().toString().matches(service + "-.*(?<!-tests|-sources)\\.jar"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IOException("no jar"))
          .toRealPath();
    } catch (IOException missing) {
      throw new StartFailedException(
          "There is no jar in %s. Build first: ./mvnw -DskipTests package".formatted(directory),
          missing);
    }
  }
}
