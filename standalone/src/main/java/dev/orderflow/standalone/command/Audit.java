package dev.orderflow.standalone.command;

import dev.orderflow.standalone.platform.Console;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orderflow audit}: checks the event store, and the projections against a replay. */
@Command(
    name = "audit",
    description =
        "Checks the rules over the event store, and that every projection equals a replay."
            + " Starts the platform for itself when it does not run.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:everything holds", "1:something is broken", "2:it could not be done"},
    mixinStandardHelpOptions = true)
public final class Audit implements Callable<Integer> {
  private static final int NOT_DONE = 2;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try {
      return new OnPlatform(command)
          .run(
              dataDirectory.directory(),
              "",
              tools ->
                  new FullAudit(() -> tools.platform().auditEventStore(), tools.projections())
                      .run());
    } catch (StartFailedException notDone) {
      Console.of(command).fail(notDone);
      return NOT_DONE;
    }
  }
}
