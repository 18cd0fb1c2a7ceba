package dev.orderflow.standalone;

import dev.orderflow.standalone.operation.Projections;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orderflow rebuild NAME}: has a projection built anew and shows how far it is. */
@Command(
    name = "rebuild",
    description = {
      "Builds a projection anew from all events, beside the one that serves, and lets it take over.",
      "Ctrl-C ends the watching; where the platform runs by itself, the rebuild goes on."
    },
    mixinStandardHelpOptions = true)
final class Rebuild implements Callable<Integer> {
  private static final int REBUILT = 0;
  private static final int CANCELLED = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Parameters(paramLabel = "NAME", description = "The projection: product-view or order-view.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String name;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var console = Console.of(command);
    try (var operation = Operation.on(dataDirectory.directory(), console)) {
      var projections = new Projections(operation.staff(), console.progressBar());
      var names = projections.names();
      if (!names.contains(name)) {
        throw new ParameterException(
            command.commandLine(),
            "There is no projection %s; there are %s.".formatted(name, String.join(", ", names)));
      }
      return projections.rebuild(name) ? REBUILT : CANCELLED;
    }
  }
}
