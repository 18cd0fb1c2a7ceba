package dev.orderflow.standalone.command;

import dev.orderflow.standalone.platform.Launch;
import dev.orderflow.standalone.platform.Project;
import dev.orderflow.standalone.service.Endpoints;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code orderflow up}: starts the platform and keeps it running until it is told to stop. */
@Command(
    name = "up",
    description = "Starts the whole platform on this machine and keeps it running until Ctrl-C.",
    mixinStandardHelpOptions = true)
public final class Up extends DataCommand {
  private static final int MOST_INSTANCES = 16;
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--gateway-port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "Where the platform listens; 0 takes any free port. Default: ${DEFAULT-VALUE}")
  private int gatewayPort;

  @Option(
      names = "--command-side",
      paramLabel = "N",
      defaultValue = "1",
      description = "Instances of the command side. Default: ${DEFAULT-VALUE}")
  private int commandSide;

  @Option(
      names = "--query-side",
      paramLabel = "N",
      defaultValue = "1",
      description = "Instances of the query side. Default: ${DEFAULT-VALUE}")
  private int querySide;

  @Option(
      names = "--saga",
      paramLabel = "N",
      defaultValue = "1",
      description = "Instances of the saga. Default: ${DEFAULT-VALUE}")
  private int saga;

  @Option(
      names = "--no-demo-data",
      description = "Starts without the demo catalog, unless it has been loaded before.")
  private boolean noDemoData;

  @Option(
      names = "--no-demo-mode",
      description =
          "Starts without what staff can do to disturb the platform: stop instances, make payments"
              + " fail, hold a sale day.")
  private boolean noDemoMode;

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireWithin("--gateway-port", gatewayPort, 0, HIGHEST_PORT);
    requireWithin("--command-side", commandSide, 1, MOST_INSTANCES);
    requireWithin("--query-side", querySide, 1, MOST_INSTANCES);
    requireWithin("--saga", saga, 1, MOST_INSTANCES);
    var wanted = new Endpoints.Wanted(gatewayPort, commandSide, querySide, saga);
    return new Launch(Project.directory(), console())
        .run(directory(), wanted, new Launch.Demo(!noDemoData, !noDemoMode));
  }

  private void requireWithin(String option, int value, int low, int high) {
    if (value < low || value > high) {
      throw new ParameterException(
          command().commandLine(),
          "%s must be between %d and %d, not %d.".formatted(option, low, high, value));
    }
  }
}
