package dev.orderflow.standalone.command;

import dev.orderflow.standalone.platform.Console;
import dev.orderflow.standalone.platform.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command about the platform of one data directory. */
abstract class DataCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec command;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The directory that holds all state. Default: .orderflow in the project's directory")
  private @Nullable Path directory;

  /** What picocli knows of the command. */
  final CommandSpec command() {
    return command;
  }

  /** What the person at the terminal is told by. */
  final Console console() {
    return Console.of(command.commandLine());
  }

  /** The directory, absolute; it need not exist. */
  final Path directory() {
    return (directory == null ? Project.directory().resolve(".orderflow") : directory)
        .toAbsolutePath()
        .normalize();
  }

  /**
   * Does work on the platform of the directory; see {@link OnPlatform#run}.
   *
   * @return the work's exit code
   */
  final int onPlatform(String goesOn, OnPlatform.Work work)
      throws IOException, InterruptedException {
    return new OnPlatform(console(), command.commandLine().getOut()).run(directory(), goesOn, work);
  }
}
