package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.client.AdminClient;
import dev.orderflow.standalone.client.GatewayClient;
import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.PostgresDatabases;
import dev.orderflow.standalone.process.StartFailedException;
import dev.orderflow.standalone.service.AuditProcess;
import dev.orderflow.standalone.service.Services;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform that is ready, as its data directory describes it, whichever launcher keeps it.
 *
 * @param data the data directory
 */
public record RunningPlatform(Path data, ClusterFile.Cluster cluster) {
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Something to do with a platform that runs. */
  @FunctionalInterface
  public interface Work {
    /** Does it; the exit code. */
    int on(RunningPlatform platform) throws IOException, InterruptedException;
  }

  /** Reads what the launcher has written once all was ready. */
  public static RunningPlatform in(Path data) throws IOException {
    var file = data.resolve(ClusterFile.NAME);
    if (!Files.exists(file)) {
      throw new StartFailedException(
          "Orderflow is starting or stopping in %s; try again when it is ready.".formatted(data));
    }
    return new RunningPlatform(
        data, JsonMapper.shared().readValue(Files.readString(file), ClusterFile.Cluster.class));
  }

  /** Its gateway, for staff. */
  public AdminClient adminClient(HttpClient http) {
    return new AdminClient(new GatewayClient(cluster.gateway().url(), http), RETRY_AFTER, PATIENCE);
  }

  /**
   * Has the command side's program audit the event store.
   *
   * @return its exit code
   */
  public int auditEventStore() throws IOException, InterruptedException {
    var role = Services.role(Services.COMMAND_SIDE);
    var secrets = Secrets.in(data.resolve(DataDirectory.SECRETS));
    return new AuditProcess(Project.directory())
        .run(
            Map.of(
                "SPRING_DATASOURCE_URL",
                cluster.postgres().jdbcUrl(),
                "SPRING_DATASOURCE_USERNAME",
                role,
                "SPRING_DATASOURCE_PASSWORD",
                secrets.of(PostgresDatabases.secretOf(role))));
  }
}
