package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;

/**
 * A directory of unpacked programs, shared by all platforms of a user. An entry is complete or
 * absent: it is filled under another name and then renamed.
 */
public record BinaryCache(Path root) {
  private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);

  /** Fills the directory of an entry. */
  @FunctionalInterface
  public interface Filling {
    /** Writes everything into the given empty directory. */
    void fill(Path directory) throws IOException;
  }

  /** The user's cache directory, or the fallback where there is none that can be written. */
  public static BinaryCache ofUser(Path fallback) {
    var xdg = System.getenv("XDG_CACHE_HOME");
    var base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    var cache = base.resolve("orderflow");
    try {
      Files.createDirectories(cache);
      return new BinaryCache(Files.isWritable(cache) ? cache : fallback);
    } catch (IOException notOurs) {
      return new BinaryCache(fallback);
    }
  }

  /**
   * The directory of an entry; fills it first when it is absent. The path is the real one, as the
   * kernel shows it for a program that runs.
   */
  public Path entry(String name, Filling filling) {
    var entry = root.resolve(name);
    try {
      if (Files.isDirectory(entry)) {
        return entry.toRealPath();
      }
      Files.createDirectories(root);
      var temporary = Files.createTempDirectory(root, name + ".");
      try {
        filling.fill(temporary);
        rename(temporary, entry);
      } finally {
        delete(temporary);
      }
      return entry.toRealPath();
    } catch (IOException failure) {
      throw new StartFailedException(
          "Could not unpack %s into %s: %s".formatted(name, root, failure.getMessage()), failure);
    }
  }

  /** Waits until no other launcher has this name, and keeps it until the answer is closed. */
  public FileChannel turn(String name) throws IOException {
    Files.createDirectories(root);
    var channel =
        FileChannel.open(
            root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      // Waited for by asking again: of two launchers that wait for each other in different threads,
      // the kernel would refuse one, since it knows processes only (EDEADLK of fcntl).
      while (channel.tryLock() == null) {
        Thread.sleep(ASK_AGAIN_AFTER);
      }
      return channel;
    } catch (IOException failure) {
      channel.close();
      throw failure;
    } catch (InterruptedException stopped) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another launcher has " + name, stopped);
    }
  }

  private static void rename(Path temporary, Path entry) throws IOException {
    try {
      Files.move(temporary, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException failure) {
      // Another launcher may have unpacked the same in the meantime.
      if (!Files.isDirectory(entry)) {
        throw failure;
      }
    }
  }

  /** Deletes a file, or a directory with all that is in it; an absent one is no error. */
  public static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var all = Files.walk(path)) {
      // What is in a directory comes before the directory.
      for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }
}
