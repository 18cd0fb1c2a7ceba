package dev.orderflow.standalone.infrastructure;

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

  private final BinaryCache cache;
  private final Machine machine = Machine.current();

  /** Unpacks into the cache when a program is asked for that is not there. */
  public Programs(BinaryCache cache) {
    this.cache = cache;
  }

  /** The directory with {@code bin}, {@code lib} and {@code share} of PostgreSQL. */
  Path postgres() {
    return cache.entry(
        POSTGRES_ENTRY,
        directory -> {
          try (var archive = resource(machine.postgresArchive());
              var tar =
                  new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            unpack(tar, directory);
          }
        });
  }

  /** The Redis server. */
  Path redis() {
    var program = machine.redisProgram();
    return cache
        .entry(
            program,
            directory -> {
              try (var content = resource(program)) {
                var file = directory.resolve("redis-server");
                Files.copy(content, file);
                makeExecutable(file);
              }
            })
        .resolve("redis-server");
  }

  /** Where brokers of this build keep their classes; need not exist. */
  public Path brokerArchive() throws IOException {
    return new BrokerArchive(cache, System.getProperty("java.class.path")).file();
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(Programs.class.getResourceAsStream("/" + name), name);
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
