package dev.orderflow.standalone.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Child processes that outlived a launcher which was killed. A process id may have been given to
 * somebody else since, so nothing is ended unless its id, its start time and its command line are
 * all those of the child.
 */
public final class Orphans {
  /**
   * Start times are counted from the boot, whose time moves a little when the clock is corrected.
   */
  private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  private Orphans() {}

  /** Ends what still runs of the entries and returns the names of those that it had to end. */
  public static List<String> end(List<Ledger.Entry> entries) {
    var orphans = entries.stream().filter(entry -> find(entry).isPresent()).toList();
    var ends = orphans.stream().map(Orphans::end).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).join();
    return orphans.stream().map(Ledger.Entry::name).toList();
  }

  /** The process of an entry, if it still runs and is that very process. */
  static Optional<ProcessHandle> find(Ledger.Entry entry) {
    return ProcessHandle.of(entry.pid())
        .filter(ProcessHandle::isAlive)
        .filter(process -> startedAt(process, entry))
        .filter(process -> commandLine(process).contains(entry.marker()));
  }

  private static boolean startedAt(ProcessHandle process, Ledger.Entry entry) {
    return process
        .info()
        .startInstant()
        .map(started -> Duration.between(started, entry.started()).abs())
        .filter(difference -> difference.compareTo(CLOCK_CORRECTION) <= 0)
        .isPresent();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      var raw = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
      return new String(raw, StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException noProcFileSystem) {
      return process.info().commandLine().orElse("");
    }
  }

  private static CompletableFuture<Void> end(Ledger.Entry entry) {
    var process = find(entry).orElse(null);
    if (process == null) {
      return CompletableFuture.completedFuture(null);
    }
    entry.stopSignal().send(process);
    return process
        .onExit()
        .thenAccept(gone -> {})
        .copy()
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(tooLong -> kill(entry, process));
  }

  private static CompletableFuture<Void> kill(Ledger.Entry entry, ProcessHandle process) {
    process.destroyForcibly();
    return process
        .onExit()
        .thenAccept(gone -> {})
        .copy()
        .orTimeout(KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(tooLong ->
            CompletableFuture.failedFuture(
                new StartFailedException(
                    "%s of an earlier run (process %d) does not end. End it by hand."
                        .formatted(entry.name(), process.pid()))));
  }
}
