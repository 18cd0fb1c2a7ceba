package dev.orderflow.standalone;

import dev.orderflow.standalone.command.Audit;
import dev.orderflow.standalone.command.LoadDemoCatalog;
import dev.orderflow.standalone.command.Rebuild;
import dev.orderflow.standalone.command.Republish;
import dev.orderflow.standalone.command.Reset;
import dev.orderflow.standalone.command.Up;
import dev.orderflow.standalone.platform.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line {@code ./orderflow}. */
@Command(
    name = "orderflow",
    description = "Runs the whole Orderflow platform on one machine.",
    subcommands = {
      Up.class,
      Reset.class,
      Rebuild.class,
      Republish.class,
      Audit.class,
      LoadDemoCatalog.class
    },
    mixinStandardHelpOptions = true,
    version = "Orderflow 1.0.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    footer =
        "%nverify-containers runs the platform in containers and tries it; it needs a Docker engine.")
public final class Orderflow implements Runnable {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandLine.Model.CommandSpec command;

  /** Exit codes: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Orderflow())
        .setParameterExceptionHandler(Orderflow::explain)
        .setExecutionExceptionHandler(Orderflow::explain);
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "A command is missing.");
  }

  private static int explain(ParameterException wrongUsage, String[] arguments) {
    var command = wrongUsage.getCommandLine();
    var err = command.getErr();
    err.println(command.getColorScheme().errorText(wrongUsage.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(wrongUsage, err);
    err.println("Try './%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    Console.of(command).fail(failure);
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
