package dev.orderflow.standalone;

import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.OwnerOnlyFile;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds all state of one platform, and the lock that makes it belong to one
 * launcher.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "lock";

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Makes the directory if need be and takes it for this launcher, until it is closed or its
   * process ends.
   */
  static DataDirectory take(Path directory) {
    try {
      var root = OwnerOnlyFile.directory(directory.toAbsolutePath()).toRealPath();
      var file = root.resolve(LOCK);
      for (; ; ) {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
          channel.close();
          throw new StartFailedException(
              ("Orderflow is running on %s already. Stop it first (Ctrl-C where it runs), or"
                      + " choose another directory with --data-dir.")
                  .formatted(root));
        }
        if (Files.exists(file)) {
          return new DataDirectory(root, channel);
        }
        // A reset that ended just now has removed the file that was locked.
        channel.close();
      }
    } catch (IOException failure) {
      throw new StartFailedException(
          "%s cannot be used as data directory (%s). Choose another one with --data-dir."
              .formatted(directory, failure),
          failure);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException lockedByThisProcess) {
      return null;
    }
  }

  Path root() {
    return root;
  }

  Path clusterFile() {
    return root.resolve("cluster.json");
  }

  Path ledgerFile() {
    return root.resolve("processes.json");
  }

  Path secretsFile() {
    return root.resolve("secrets.json");
  }

  /** Is there when the demo catalog has been loaded completely. */
  Path demoMarker() {
    return root.resolve("demo-catalog-loaded");
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  /** Where a database is made before it gets its place. */
  private Path newPostgres() {
    return root.resolve("postgres.new");
  }

  private Path logs() {
    return root.resolve("logs");
  }

  private Path lockFile() {
    return root.resolve(LOCK);
  }

  Path redis() {
    return root.resolve("redis");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path identity() {
    return root.resolve("identity");
  }

  Path mails() {
    return root.resolve("mails");
  }

  Path cache() {
    return root.resolve("cache");
  }

  LogFile log(String name) {
    return new LogFile(logs().resolve(name + ".log"));
  }

  /**
   * Deletes all data and gives the directory up. What Orderflow has not made stays, and so does
   * then the directory.
   *
   * @return whether the directory is gone
   */
  boolean delete() throws IOException {
    for (var directory :
        List.of(
            postgres(), newPostgres(), redis(), kafka(), identity(), mails(), cache(), logs())) {
      BinaryCache.delete(directory);
    }
    for (var file : List.of(clusterFile(), ledgerFile(), secretsFile(), demoMarker(), lockFile())) {
      Files.deleteIfExists(file);
    }
    close();
    try {
      Files.delete(root);
      return true;
    } catch (DirectoryNotEmptyException foreignFiles) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
