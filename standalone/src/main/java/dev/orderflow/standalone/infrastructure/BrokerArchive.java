package dev.orderflow.standalone.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The file in which a first broker keeps the classes that it has loaded, for all later ones of the
 * same build.
 *
 * @param classPath what the broker is run from: one jar, or anything, of which then only the text
 *     counts
 */
record BrokerArchive(BinaryCache cache, String classPath) {

  /**
   * Where it is, or will be. Those of other builds in the same place are removed: a JVM neither
   * uses nor replaces an archive whose jar has changed.
   */
  Path file() throws IOException {
    var origin = "kafka-%s".formatted(hex(classPath.hashCode()));
    var file = cache.root().resolve("%s-%s.jsa".formatted(origin, hex(version())));
    Files.createDirectories(cache.root());
    try (var others = Files.newDirectoryStream(cache.root(), origin + "-*.jsa")) {
      for (var other : others) {
        if (!other.equals(file)) {
          Files.deleteIfExists(other);
        }
      }
    }
    return file;
  }

  private int version() throws IOException {
    var jar = Path.of(classPath);
    return Files.isRegularFile(jar)
        ? Objects.hash(Files.size(jar), Files.getLastModifiedTime(jar), Runtime.version())
        : 0;
  }

  private static String hex(int number) {
    return HexFormat.of().toHexDigits(number);
  }
}
