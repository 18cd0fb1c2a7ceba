package dev.orderflow.standalone.infrastructure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file in which a first JVM keeps the classes that it has loaded of a program, for all later
 * ones of the same build.
 *
 * @param classPath what the program is run from: one jar with its libraries in {@code lib} beside
 *     it, or anything, of which then only the text counts
 */
public record ClassArchive(BinaryCache cache, String program, String classPath) {

  /**
   * Where it is, or will be. Those of other builds in the same place are removed, with all whose
   * names begin with theirs: a JVM neither uses nor replaces an archive whose jars have changed.
   * One launcher at a time may ask, see {@link BinaryCache#turn}.
   */
  public Path file() throws IOException {
    var origin = "%s-%s-".formatted(program, hex(classPath));
    var name = origin + hex(version());
    Files.createDirectories(cache.root());
    try (var ofOrigin = Files.newDirectoryStream(cache.root(), origin + "*")) {
      for (var one : ofOrigin) {
        if (!one.getFileName().toString().startsWith(name)) {
          BinaryCache.delete(one);
        }
      }
    }
    return cache.root().resolve(name);
  }

  private List<Object> version() throws IOException {
    var version = new ArrayList<Object>(List.of(Runtime.version()));
    var jar = Path.of(classPath);
    if (Files.isRegularFile(jar)) {
      try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
        for (var one : Stream.concat(Stream.of(jar), libraries.sorted()).toList()) {
          version.add(Files.size(one));
          version.add(Files.getLastModifiedTime(one));
        }
      }
    }
    return version;
  }

  private static String hex(Object known) {
    return HexFormat.of().toHexDigits(known.hashCode());
  }
}
