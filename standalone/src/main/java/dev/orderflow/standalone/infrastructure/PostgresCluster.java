package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.OwnSession;
import dev.orderflow.standalone.process.OwnerOnlyFile;
import dev.orderflow.standalone.process.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The files of a PostgreSQL server.
 *
 * @param directory the data directory
 * @param home where the programs are
 */
record PostgresCluster(Path directory, Path home, Secrets secrets) {
  private static final Duration BACKENDS_END_WITHIN = Duration.ofSeconds(10);
  private static final Duration INITDB_WITHIN = Duration.ofMinutes(2);

  /** Makes the data directory when there is none; complete or not at all. */
  void create(LogFile log) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    // Never the same twice: a process that was given up may still write to the last one.
    var workshop =
        Files.createTempDirectory(
            directory.resolveSibling("."), directory.getFileName() + Postgres.UNFINISHED);
    try {
      var unfinished = workshop.resolve("data");
      var password = workshop.resolve("password");
      OwnerOnlyFile.write(password, secrets.of(Postgres.SUPERUSER));
      initdb(unfinished, password, log);
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      BinaryCache.delete(workshop);
    }
  }

  /**
   * Ends what is left of a server whose first process was killed: its other processes keep the
   * shared memory, and the next server would not start before they are gone. The data directory is
   * their working directory, which no other process has together with this program. The pid file of
   * a dead server is removed, since its number may belong to another process by now.
   */
  void endRemains() throws IOException {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return;
    }
    var remains = ProcessHandle.allProcesses().filter(this::isOurs).toList();
    remains.forEach(ProcessHandle::destroyForcibly);
    var ends = remains.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends)
        .orTimeout(BACKENDS_END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    Files.deleteIfExists(directory.resolve("postmaster.pid"));
  }

  private boolean isOurs(ProcessHandle process) {
    var proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readSymbolicLink(proc.resolve("exe")).equals(home.resolve("bin/postgres"))
          && Files.readSymbolicLink(proc.resolve("cwd")).equals(directory.toRealPath());
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  private void initdb(Path target, Path password, LogFile log) throws IOException {
    var command = new ArrayList<>(OwnSession.prefix());
    command.addAll(RootEscape.prefix());
    command.addAll(
        List.of(
            home.resolve("bin/initdb").toString(),
            "-D",
            target.toString(),
            "-U",
            Postgres.SUPERUSER,
            "--pwfile",
            password.toString(),
            "--auth",
            "scram-sha-256",
            "--encoding",
            "UTF8",
            // The same order of texts on every machine.
            "--locale",
            "C",
            "--locale-provider",
            "builtin",
            "--builtin-locale",
            "C.UTF-8"));
    var initdb =
        new ProcessBuilder(command)
            .directory(password.resolveSibling(".").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
    var code =
        ProgramRun.exitCode(initdb, INITDB_WITHIN)
            .orElseThrow(() -> new IOException("initdb took longer than " + INITDB_WITHIN));
    if (code != 0) {
      throw new IOException("initdb ended with exit code " + code);
    }
  }
}
