package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.ProgramRun;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own a process sees another user id
 * while, outside, it still owns root's files. {@code unshare} replaces itself by the program, so
 * the process id stays.
 */
final class RootEscape {
  private static final String ROOT = "root";
  private static final Duration TRIED_WITHIN = Duration.ofSeconds(5);

  private RootEscape() {}

  /** What to put before a command of PostgreSQL; nothing for an ordinary user. */
  static List<String> prefix() {
    if (!System.getProperty("user.name").equals(ROOT)) {
      return List.of();
    }
    if (!works()) {
      throw new StartFailedException(
          "PostgreSQL does not run as root, and this machine does not let root start it in a user"
              + " namespace (`unshare -U`). Run Orderflow as an ordinary user.");
    }
    return List.of("unshare", "-U");
  }

  private static boolean works() {
    try {
      var trial =
          new ProcessBuilder("unshare", "-U", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      return ProgramRun.exitCode(trial, TRIED_WITHIN).orElse(1) == 0;
    } catch (IOException noSuchProgramOrInterrupted) {
      return false;
    }
  }
}
