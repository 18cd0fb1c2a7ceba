package dev.orderflow.standalone.command;

import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code orderflow audit}: checks the event store, and the projections against a replay. */
@Command(
    name = "audit",
    description =
        "Checks the rules over the event store, and that every projection equals a replay."
            + " Starts the platform for itself when it does not run.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:everything holds", "1:something is broken", "2:it could not be done"},
    mixinStandardHelpOptions = true)
public final class Audit extends DataCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      return onPlatform(
          "", (platform, projections) -> exitCode(platform.auditEventStore(), projections));
    } catch (StartFailedException notDone) {
      console().fail(notDone);
      return ExitCode.NOT_DONE;
    }
  }

  /**
   * Compares the projections, whatever has come of the event store.
   *
   * @param store the exit code of its check: 0 every rule holds, 1 one is broken, anything else not
   *     done
   * @return 0 everything holds, 1 something is broken, 2 not done
   */
  static int exitCode(int store, Projections projections) throws InterruptedException {
    return ExitCode.worse(
        store == ExitCode.DONE || store == ExitCode.BROKEN ? store : ExitCode.NOT_DONE,
        projections.compare());
  }
}
