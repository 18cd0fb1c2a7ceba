package dev.orderflow.standalone.command;

import java.io.IOException;
import java.util.NoSuchElementException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code orderflow rebuild NAME}: builds a projection anew, while it serves. */
@Command(
    name = "rebuild",
    description =
        "Builds a projection anew from all events, while the old one serves. Starts the platform"
            + " for itself when it does not run.",
    mixinStandardHelpOptions = true)
public final class Rebuild extends DataCommand {
  @Parameters(paramLabel = "NAME", description = "The projection, such as product-view.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String name;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return onPlatform(
        "The rebuild of %s goes on.".formatted(name),
        (_, projections) -> {
          try {
            return projections.rebuild(name);
          } catch (NoSuchElementException unknown) {
            console().refuse(unknown.getMessage());
            return command().exitCodeOnInvalidInput();
          }
        });
  }
}
