package dev.orderflow.standalone.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.Postgres;
import dev.orderflow.standalone.process.OwnerOnlyFile;
import dev.orderflow.standalone.service.Endpoints;
import dev.orderflow.standalone.service.ServiceInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code cluster.json}: all processes with their addresses and ids; it exists while the platform is
 * ready.
 */
final class ClusterFile {
  static final String NAME = "cluster.json";

  private final Path file;
  private final Endpoints endpoints;
  private final Secrets secrets;
  private final Map<String, Long> pids = new HashMap<>();
  private boolean published;

  record Cluster(
      Gateway gateway, List<Service> services, Database postgres, Cache redis, Broker kafka) {}

  record Gateway(String url, String management, long pid) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Service(String name, int instance, long pid, String http, @Nullable String grpc) {}

  record Database(String jdbcUrl, String user, String password, long pid) {}

  record Cache(String host, int port, long pid) {}

  record Broker(String bootstrapServers, long pid) {}

  ClusterFile(Path file, Endpoints endpoints, Secrets secrets) {
    this.file = file;
    this.endpoints = endpoints;
    this.secrets = secrets;
  }

  /** Remembers which process does a work now, and tells the readers of the file if there is one. */
  synchronized void started(String name, long pid) {
    pids.put(name, pid);
    if (published) {
      write();
    }
  }

  /** Writes the file: everything is ready. */
  synchronized void publish() {
    published = true;
    write();
  }

  /** Removes the file: the platform is no longer complete. */
  synchronized void withdraw() throws IOException {
    published = false;
    Files.deleteIfExists(file);
  }

  private void write() {
    try {
      OwnerOnlyFile.write(
          file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(cluster()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Cluster cluster() {
    return new Cluster(
        new Gateway(
            endpoints.gatewayUrl(),
            endpoints.gateway().management(),
            pid(endpoints.gateway().name())),
        endpoints.services().stream().map(this::service).toList(),
        new Database(
            endpoints.jdbcUrl(),
            Postgres.SUPERUSER,
            secrets.of(Postgres.SUPERUSER),
            pid("postgres")),
        new Cache("127.0.0.1", endpoints.redis(), pid("redis")),
        new Broker(endpoints.kafkaBootstrapServers(), pid("kafka")));
  }

  private Service service(ServiceInstance instance) {
    return new Service(
        instance.service(),
        instance.instance(),
        pid(instance.name()),
        instance.http(),
        instance.hasGrpc() ? instance.grpc() : null);
  }

  private long pid(String name) {
    return Objects.requireNonNull(pids.get(name), name);
  }
}
