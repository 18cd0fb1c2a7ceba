package dev.orderflow.standalone.platform;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a platform. The start may fail and a signal may come, one while the other is being
 * dealt with: the first decides how it ends, and both wait until everything has stopped.
 */
final class Shutdown {
  private final PlatformProcesses platform;
  private final Console console;
  private final AtomicBoolean decided = new AtomicBoolean();

  Shutdown(PlatformProcesses platform, Console console) {
    this.platform = platform;
    this.console = console;
  }

  /** Tells the reason, unless the start failed because of the stop, and stops everything. */
  void failed(Exception failure) throws IOException {
    if (decided.compareAndSet(false, true)) {
      console.fail(reason(failure));
    }
    platform.close();
  }

  /**
   * Runs when the launcher is told to end or ends, and ends it: a stop in good order is a success,
   * whatever the signal was.
   */
  void signalled() {
    var isStop = decided.compareAndSet(false, true);
    if (isStop) {
      console.say("Orderflow stops");
    }
    try {
      platform.close();
      if (isStop) {
        console.say("Orderflow has stopped");
      }
      Runtime.getRuntime().halt(isStop ? 0 : 1);
    } catch (IOException | RuntimeException failure) {
      console.say("Orderflow could not stop in good order: " + failure);
      Runtime.getRuntime().halt(1);
    }
  }

  private static Throwable reason(Exception failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
