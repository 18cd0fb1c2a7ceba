package dev.orderflow.standalone.command;

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
        "Publishes every event to Kafka again, and waits until the projections have read them."
            + " Starts the platform for itself when it does not run.",
    mixinStandardHelpOptions = true)
public final class Republish implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return new OnPlatform(command)
        .run(
            dataDirectory.directory(),
            "The republication goes on.",
            tools ->
                new RemoteRepublication(tools.gateway(), tools.projections(), tools.progress())
                    .run());
  }
}
