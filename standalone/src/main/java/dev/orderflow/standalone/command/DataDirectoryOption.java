package dev.orderflow.standalone.command;

import dev.orderflow.standalone.platform.Project;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that every command has: which platform it is about. */
final class DataDirectoryOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The directory that holds all state. Default: .orderflow in the project's directory")
  private @Nullable Path directory;

  /** The directory, absolute; it need not exist. */
  Path directory() {
    return (directory == null ? Project.directory().resolve(".orderflow") : directory)
        .toAbsolutePath()
        .normalize();
  }
}
