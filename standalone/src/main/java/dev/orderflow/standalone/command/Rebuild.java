package dev.orderflow.standalone.command;

import dev.orderflow.standalone.platform.Console;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code orderflow rebuild NAME}: builds a projection anew, while it serves. */
@Command(
    name = "rebuild",
    description =
        "Builds a projection anew from all events, while the old one serves. Starts the platform"
            + " for itself when it does not run.",
    mixinStandardHelpOptions = true)
public final class Rebuild implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Mixin private final DataDirectoryOption dataDirectory = new DataDirectoryOption();

  @Parameters(paramLabel = "NAME", description = "The projection, such as product-view.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String name;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return new OnPlatform(command)
        .run(
            dataDirectory.directory(),
            "The rebuild of %s goes on.".formatted(name),
            tools -> {
              try {
                return tools.projections().rebuild(name);
              } catch (NoSuchElementException unknown) {
                Console.of(command).refuse(unknown.getMessage());
                return command.exitCodeOnInvalidInput();
              }
            });
  }
}
