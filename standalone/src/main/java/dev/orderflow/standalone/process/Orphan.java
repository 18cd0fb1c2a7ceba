package dev.orderflow.standalone.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process that outlived its launcher.
 *
 * @param name for people
 * @param stopSignal asks it to end
 */
record Orphan(String name, ProcessHandle process, Signal stopSignal) {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  /** Asks it to end and kills it when it takes too long. */
  CompletableFuture<Void> end() {
    stopSignal.send(process);
    return gone(PATIENCE).exceptionallyCompose(tooLong -> kill());
  }

  private CompletableFuture<Void> kill() {
    process.destroyForcibly();
    return gone(KILL_PATIENCE)
        .exceptionallyCompose(tooLong ->
            CompletableFuture.failedFuture(
                new StartFailedException(
                    "%s of an earlier run (process %d) does not end. End it by hand."
                        .formatted(name, process.pid()))));
  }

  private CompletableFuture<Void> gone(Duration limit) {
    return process
        .onExit()
        .thenAccept(ended -> {})
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
