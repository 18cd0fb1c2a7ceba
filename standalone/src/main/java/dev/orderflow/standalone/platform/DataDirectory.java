package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.infrastructure.Postgres;
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
 * launcher. The lock's file also tells a data directory from any other: nothing is deleted in a
 * directory that has none.
 */
public final class DataDirectory implements AutoCloseable {
  static final String SECRETS = "secrets.json";
  private static final String CACHE = "cache";
  private static final String LOCK = "orderflow.lock";
  private static final String POSTGRES = "postgres";
  private static final String STOPPED = "stopped";
  private static final List<String> ENTRIES =
      List.of(
          POSTGRES,
          "redis",
          "kafka",
          "identity",
          "mails",
          CACHE,
          "logs",
          STOPPED,
          ClusterFile.NAME,
          // Of earlier releases.
          "processes.json",
          SECRETS,
          "demo-catalog-loaded");

  private final Path root;
  private final FileChannel lock;

  private DataDirectory(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /** Whether a launcher has ever taken this directory. */
  public static boolean isOne(Path directory) {
    return Files.isRegularFile(directory.resolve(LOCK));
  }

  /** Whether a launcher has it at this moment; the directory must be one. */
  public static boolean isTaken(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
      return tryLock(channel) == null;
    }
  }

  /**
   * Makes the directory if need be and takes it for this launcher, until it is closed or its
   * process ends. Refuses one that is not ours and has something of a name that we would take.
   */
  public static DataDirectory take(Path directory) {
    try {
      var root = OwnerOnlyFile.directory(directory.toAbsolutePath()).toRealPath();
      refuseForeign(root);
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

  /** What is ours appears after the lock's file, so that is what to look for last. */
  private static void refuseForeign(Path root) {
    var taken = ENTRIES.stream().filter(name -> Files.exists(root.resolve(name))).toList();
    if (!taken.isEmpty() && !isOne(root)) {
      throw new StartFailedException(
          "%s is not Orderflow's, and its %s would be overwritten. Choose another one with"
                  .formatted(root, String.join(", ", taken))
              + " --data-dir.");
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException lockedByThisProcess) {
      return null;
    }
  }

  public Path root() {
    return root;
  }

  Path clusterFile() {
    return root.resolve(ClusterFile.NAME);
  }

  Path secretsFile() {
    return root.resolve(SECRETS);
  }

  /** Is there when the demo catalog has been loaded completely. */
  Path demoMarker() {
    return root.resolve("demo-catalog-loaded");
  }

  Path postgres() {
    return root.resolve(POSTGRES);
  }

  private Path logs() {
    return root.resolve("logs");
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

  /** Holds a file of the name of each instance that staff have stopped; there is none at first. */
  Path emptyStopped() throws IOException {
    var directory = root.resolve(STOPPED);
    BinaryCache.delete(directory);
    return OwnerOnlyFile.directory(directory);
  }

  Path cache() {
    return root.resolve(CACHE);
  }

  LogFile log(String name) {
    return new LogFile(logs().resolve(name + ".log"));
  }

  /** Deletes databases that were never completed. Not to be called while one is being made. */
  void deleteUnfinished() throws IOException {
    try (var unfinished = Files.newDirectoryStream(root, POSTGRES + Postgres.UNFINISHED + "*")) {
      for (var directory : unfinished) {
        BinaryCache.delete(directory);
      }
    }
  }

  /**
   * Deletes all data and gives the directory up. What Orderflow has not made stays, and so does
   * then the directory.
   *
   * @return whether the directory is gone
   */
  public boolean delete() throws IOException {
    deleteUnfinished();
    for (var name : ENTRIES) {
      BinaryCache.delete(root.resolve(name));
    }
    Files.delete(root.resolve(LOCK));
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
