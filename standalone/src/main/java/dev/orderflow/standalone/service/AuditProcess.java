package dev.orderflow.standalone.service;

import dev.orderflow.standalone.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The command side's audit of the event store, as a process that shares this one's output. */
public final class AuditProcess {
  private static final String PROGRAM = "dev.orderflow.commandside.audit.AuditProgram";

  private final Path project;

  /** Finds the command side's jar below the project's directory. */
  public AuditProcess(Path project) {
    this.project = project;
  }

  /**
   * Runs it to its end.
   *
   * @return its exit code
   */
  public int run(Map<String, String> environment) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
                JavaProcess.program(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                ServiceJar.of(project, Services.COMMAND_SIDE).toString(),
                PROGRAM)
            .inheritIO();
    builder.environment().putAll(environment);
    return builder.start().waitFor();
  }
}
