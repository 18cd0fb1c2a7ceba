package dev.orderflow.standalone.service;

import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.infrastructure.PostgresDatabases;
import dev.orderflow.standalone.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The command side's audit of its event store: a program in its jar, run beside its instances. */
public final class AuditProcess {
  private static final String PROGRAM = "dev.orderflow.commandside.audit.AuditProgram";

  private AuditProcess() {}

  /**
   * Runs it, with the output of this process, to its end.
   *
   * @return its exit code: 0 all rules hold, 1 one is broken, 2 it could not be found out
   */
  public static int run(Path project, BinaryCache cache, String jdbcUrl, Secrets secrets)
      throws IOException, InterruptedException {
    var role = Services.role(Services.COMMAND_SIDE);
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
      builder
          .environment()
          .putAll(
              Map.of(
                  "SPRING_DATASOURCE_URL", jdbcUrl,
                  "SPRING_DATASOURCE_USERNAME", role,
                  "SPRING_DATASOURCE_PASSWORD", secrets.of(PostgresDatabases.secretOf(role))));
      var process = builder.start();
      try {
        return process.waitFor();
      } finally {
        process.destroy();
      }
    }
  }
}
