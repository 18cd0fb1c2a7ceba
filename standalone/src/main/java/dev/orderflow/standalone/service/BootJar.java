package dev.orderflow.standalone.service;

import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.process.JavaProcess;
import dev.orderflow.standalone.process.ProgramRun;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service's executable jar, extracted so that it starts faster than from the jar of jars. The
 * extracted form is kept in the cache until a newer jar takes its place and no running platform
 * uses it.
 */
final class BootJar implements AutoCloseable {
  private static final String IN_USE = "in-use";
  private static final Duration EXTRACT_WITHIN = Duration.ofMinutes(2);
  private static final String LEARNED_BY = AotCache.class.getSimpleName() + Runtime.version();

  private final Path entry;
  private final FileChannel inUse;
  private final boolean isNew;

  private BootJar(Path entry, FileChannel inUse, boolean isNew) {
    this.entry = entry;
    this.inUse = inUse;
    this.isNew = isNew;
  }

  /**
   * Finds the jar of a module below the project's directory, and extracts it unless that has been
   * done.
   */
  static BootJar of(Path project, String module, BinaryCache cache) {
    var jar = find(project.resolve(module).resolve("target"), module);
    try {
      var origin = "%s-%s".formatted(module, hex(jar.toRealPath().toString().hashCode()));
      // What a JVM has learned of the jar is of no use to a JVM of another release.
      var version = hex(Objects.hash(Files.size(jar), Files.getLastModifiedTime(jar), LEARNED_BY));
      var name = origin + "-" + version;
      var isNew = !Files.isDirectory(cache.root().resolve(name));
      var entry = cache.entry(name, directory -> extract(jar, directory));
      var channel = open(entry);
      if (!isShared(channel)) {
        throw new IOException(entry + " is being removed by another launcher");
      }
      if (isNew) {
        removeUnused(cache, origin, name);
      }
      return new BootJar(entry, channel, isNew);
    } catch (IOException failure) {
      throw new StartFailedException(
          "%s could not be extracted: %s".formatted(jar, failure.getMessage()), failure);
    }
  }

  /** The jar to run. */
  Path path() {
    return find(entry, "");
  }

  /** Whether it has been extracted just now. */
  boolean isNew() {
    return isNew;
  }

  /** Lets others remove the extracted form. */
  @Override
  public void close() throws IOException {
    inUse.close();
  }

  private static Path find(Path directory, String prefix) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file ->
              file.getFileName().toString().matches(prefix + ".*(?<!-tests|-sources)\\.jar"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IOException("no jar"));
    } catch (IOException missing) {
      throw new StartFailedException(
          "There is no jar in %s. Build first: ./mvnw -DskipTests package".formatted(directory),
          missing);
    }
  }

  private static FileChannel open(Path entry) throws IOException {
    return FileChannel.open(
        entry.resolve(IN_USE),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  private static void extract(Path jar, Path directory) throws IOException {
    var log = directory.resolve("extract.log");
    var extraction =
        new ProcessBuilder(
                JavaProcess.program(),
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                jar.toString(),
                "extract",
                "--force",
                "--destination",
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    if (ProgramRun.exitCode(extraction, EXTRACT_WITHIN).orElse(1) != 0) {
      throw new IOException(Files.readString(log));
    }
  }

  private static void removeUnused(BinaryCache cache, String origin, String current)
      throws IOException {
    try (Stream<Path> entries = Files.list(cache.root())) {
      for (var old : entries.filter(Files::isDirectory).toList()) {
        var name = old.getFileName().toString();
        if (name.startsWith(origin + "-") && !name.startsWith(current)) {
          removeUnlessUsed(old);
        }
      }
    }
  }

  private static void removeUnlessUsed(Path old) throws IOException {
    try (var channel = open(old);
        var lock = tryLock(channel)) {
      if (lock != null) {
        BinaryCache.delete(old);
      }
    }
  }

  private static boolean isShared(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, true) != null;
    } catch (OverlappingFileLockException sharedByThisLauncher) {
      return true;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException usedByThisLauncher) {
      return null;
    }
  }

  private static String hex(int number) {
    return HexFormat.of().toHexDigits(number);
  }
}
