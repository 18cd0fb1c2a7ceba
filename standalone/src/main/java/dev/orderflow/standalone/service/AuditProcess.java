package dev.orderflow.standalone.service;

import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The command side's audit of the event store, as a process that shares this one's output. */
public final class AuditProcess {
  private static final String PROGRAM = "dev.orderflow.commandside.audit.AuditProgram";

  private final Path project;
  private final BinaryCache cache;

  /** Finds the command side's jar below the project's directory. */
  public AuditProcess(Path project, BinaryCache cache) {
    this.project = project;
    this.cache = cache;
  }

  /**
   * Runs it to its end.
   *
   * @return its exit code
   */
  public int run(Map<String, String> environment) throws IOException, InterruptedException {
    try (var jar = BootJar.of(project, Services.COMMAND_SIDE, cache)) {
      var builder =
          new ProcessBuilder(
                  JavaProcess.program(),
                  "-Xmx64m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  jar.path().toString(),
                  PROGRAM)
              .inheritIO();
      builder.environment().putAll(environment);
      return builder.start().waitFor();
    }
  }
}
