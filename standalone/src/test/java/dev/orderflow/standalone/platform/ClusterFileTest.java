package dev.orderflow.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.service.Endpoints;
import dev.orderflow.standalone.service.ServiceInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ClusterFileTest {
  @TempDir private Path directory;
  private Path file;
  private Secrets secrets;
  private ClusterFile cluster;

  @BeforeEach
  void start_a_platform() throws IOException {
    file = directory.resolve("cluster.json");
    secrets = Secrets.in(directory.resolve("secrets.json"));
    var endpoints =
        new Endpoints(
            20001,
            20002,
            20003,
            20004,
            new ServiceInstance("gateway", 1, 8080, 0, 20010),
            List.of(
                new ServiceInstance("command-side", 1, 20011, 20021),
                new ServiceInstance("saga", 1, 20012, 0)));
    cluster = new ClusterFile(file, endpoints, secrets);
    cluster.started("postgres", 1);
    cluster.started("redis", 2);
    cluster.started("kafka", 3);
    cluster.started("gateway-1", 4);
    cluster.started("command-side-1", 5);
    cluster.started("saga-1", 6);
  }

  @Test
  void there_is_no_file_before_everything_is_ready() {
    assertThat(file).doesNotExist();
  }

  @Test
  void it_names_every_process_in_the_documented_form() throws IOException {
    cluster.publish();

    assertThat(JsonMapper.shared().readTree(Files.readString(file)))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"gateway":{"url":"http://127.0.0.1:8080",
                                "management":"http://127.0.0.1:20010","pid":4},
                     "services":[{"name":"command-side","instance":1,"pid":5,
                                  "http":"http://127.0.0.1:20011","grpc":"127.0.0.1:20021"},
                                 {"name":"saga","instance":1,"pid":6,
                                  "http":"http://127.0.0.1:20012"}],
                     "postgres":{"jdbcUrl":"jdbc:postgresql://127.0.0.1:20001/orderflow",
                                 "user":"postgres","password":"%s","pid":1},
                     "redis":{"host":"127.0.0.1","port":20002,"pid":2},
                     "kafka":{"bootstrapServers":"127.0.0.1:20003","pid":3}}
                    """
                        .formatted(secrets.of("postgres"))));
  }

  @Test
  void a_process_that_was_started_again_is_there_with_its_new_id() throws IOException {
    cluster.publish();
    cluster.started("kafka", 99);

    assertThat(JsonMapper.shared().readTree(Files.readString(file)).at("/kafka/pid").asInt())
        .isEqualTo(99);
  }

  @Test
  void only_the_owner_reads_it_since_it_holds_a_password() throws IOException {
    cluster.publish();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void it_is_gone_after_a_stop_and_stays_away() throws IOException {
    cluster.publish();
    cluster.withdraw();
    cluster.started("kafka", 99);

    assertThat(file).doesNotExist();
  }
}
