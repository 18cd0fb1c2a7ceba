package dev.orderflow.standalone;

import dev.orderflow.standalone.operation.Projections;
import dev.orderflow.standalone.operation.Publication;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orderflow republish}: fills Kafka again from the event store. */
@Command(
    name = "republish",
    description =
        "Publishes every event again, for a Kafka that has lost what it had, and waits until the"
            + " projections have read them.",
    mixinStandardHelpOptions = true)
final class Republish implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var console = Console.of(command);
    try (var operation = Operation.on(dataDirectory.directory(), console)) {
      var progress = console.progressBar();
      new Publication(operation.staff(), progress).again();
      new Projections(operation.staff(), progress).awaitCaughtUp();
      console.say("The projections have read them");
      return 0;
    }
  }
}
