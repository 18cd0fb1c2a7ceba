package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The servers' programs, unpacked from the jars on the class path. */
public final class Programs {
  private static final String POSTGRES_ENTRY = "postgresql-17.11.0";
  private static final String POSTGRES_ARCHIVE = "postgres-linux-x86_64.txz";
  private static final String REDIS = "redis-server-6.2.6-v5-linux-amd64";

  private final BinaryCache cache;

  /** Unpacks into the cache when a program is asked for that is not there. */
  public Programs(BinaryCache cache) {
    this.cache = cache;
  }

  /** The directory with {@code bin}, {@code lib} and {@code share} of PostgreSQL. */
  Path postgres() {
    return cache.entry(
        POSTGRES_ENTRY,
        directory -> {
          try (var archive = resource(POSTGRES_ARCHIVE);
              var tar =
                  new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            unpack(tar, directory);
          }
        });
  }

  /** The Redis server. */
  Path redis() {
    return cache
        .entry(
            REDIS,
            directory -> {
              try (var content = resource(REDIS)) {
                var file = directory.resolve("redis-server");
                Files.copy(content, file);
                makeExecutable(file);
              }
            })
        .resolve("redis-server");
  }

  /** Where brokers of this build keep their classes; need not exist. */
  public Path brokerArchive() throws IOException {
    try (var _ = cache.turn("kafka")) {
      return new ClassArchive(cache, "kafka", System.getProperty("java.class.path")).file();
    }
  }

  private static InputStream resource(String name) {
    requireSupportedMachine();
    return Objects.requireNonNull(Programs.class.getResourceAsStream("/" + name), name);
  }

  private static void requireSupportedMachine() {
    var os = System.getProperty("os.name");
    var architecture = System.getProperty("os.arch");
    if (!os.equals("Linux") || !architecture.equals("amd64")) {
      throw new StartFailedException(
          "There are no embedded servers for %s on %s; Linux on amd64 has them."
              .formatted(os, architecture));
    }
  }

  private static void unpack(TarArchiveInputStream tar, Path directory) throws IOException {
    for (@Nullable TarArchiveEntry entry = tar.getNextEntry();
        entry != null;
        entry = tar.getNextEntry()) {
      var target = directory.resolve(entry.getName()).normalize();
      if (!target.startsWith(directory)) {
        throw new IOException("The archive points outside: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(target);
        continue;
      }
      Files.createDirectories(target.resolveSibling("."));
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      } else {
        Files.copy(tar, target);
        if (target.startsWith(directory.resolve("bin"))) {
          makeExecutable(target);
        }
      }
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
