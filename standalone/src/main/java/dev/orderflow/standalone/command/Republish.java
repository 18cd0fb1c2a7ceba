package dev.orderflow.standalone.command;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code orderflow republish}: fills Kafka again from the event store. */
@Command(
    name = "republish",
    description =
        "Publishes every event to Kafka again, and waits until the projections have read them."
            + " Starts the platform for itself when it does not run.",
    mixinStandardHelpOptions = true)
public final class Republish extends DataCommand {
  @Override
  public Integer call() throws IOException, InterruptedException {
    return onPlatform("The republication goes on.", (_, projections) -> projections.republish());
  }
}
