package dev.orderflow.standalone.service;

import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  public int run(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    try (var jar = BootJar.of(project, Services.COMMAND_SIDE, cache)) {
      var command = new ArrayList<String>();
      command.add(JavaProcess.program());
      command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-cp", jar.path().toString(), PROGRAM));
      command.addAll(arguments);
      var builder = new ProcessBuilder(command).inheritIO();
      builder.environment().putAll(environment);
      return builder.start().waitFor();
    }
  }
}
