package dev.orderflow.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.standalone.identity.Identity;
import dev.orderflow.standalone.identity.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceEnvironmentTest {
  private final ServiceInstance gateway = new ServiceInstance("gateway", 1, 8080, 0);
  private final ServiceInstance first = new ServiceInstance("command-side", 1, 20011, 20021);
  private final ServiceInstance second = new ServiceInstance("command-side", 2, 20012, 20022);
  private final ServiceInstance query = new ServiceInstance("query-side", 1, 20013, 20023);
  private final ServiceInstance saga = new ServiceInstance("saga", 1, 20014, 0);
  @TempDir private Path directory;
  private Secrets secrets;
  private ServiceEnvironment environment;

  @BeforeEach
  void make_an_environment() throws IOException {
    secrets = Secrets.in(directory.resolve("secrets.json"));
    var identity = Identity.in(directory.resolve("identity"), secrets, Services.WITH_DATA);
    var endpoints =
        new Endpoints(20001, 20002, 20003, 20004, gateway, List.of(first, second, query, saga));
    environment =
        new ServiceEnvironment(
            endpoints,
            identity,
            secrets,
            directory.resolve("mails"),
            directory.resolve("stopped"),
            false);
  }

  @Test
  void an_instance_with_data_knows_its_ports_its_schema_and_its_identity() {
    assertThat(environment.of(second))
        .containsAllEntriesOf(
            Map.of(
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", "20012",
                "SPRING_GRPC_SERVER_PORT", "20022",
                "ORDERFLOW_INSTANCE", "2",
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:20001/orderflow",
                "SPRING_DATASOURCE_USERNAME", "command_side",
                "SPRING_DATASOURCE_PASSWORD", secrets.of("database.command_side"),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:20003",
                "ORDERFLOW_IDENTITY_CLIENT_ID", "command-side",
                "ORDERFLOW_IDENTITY_CLIENT_SECRET", secrets.of("client.command-side")))
        .containsAllEntriesOf(
            Map.of(
                "ORDERFLOW_IDENTITY_ISSUER", "http://127.0.0.1:8080",
                "ORDERFLOW_IDENTITY_TOKEN_URI", "http://127.0.0.1:8080/oauth2/token",
                "ORDERFLOW_IDENTITY_PUBLIC_KEY",
                    directory.resolve("identity/public-key.pem").toUri().toString()));
  }

  @Test
  void the_gateway_alone_decides_what_is_traced_and_keeps_it() {
    assertThat(environment.of(gateway))
        .containsEntry("MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "1")
        .containsEntry("ORDERFLOW_GATEWAY_TRACES_ENABLED", "true");
    for (var other : List.of(first, query, saga)) {
      assertThat(environment.of(other))
          .containsEntry("MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0")
          .containsEntry(
              "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
              "http://127.0.0.1:8080/v1/traces")
          .doesNotContainKey("ORDERFLOW_GATEWAY_TRACES_ENABLED");
    }
  }

  @Test
  void the_demo_mode_is_on_only_where_it_is_wanted() {
    var demo =
        new ServiceEnvironment(
            environment.endpoints(),
            environment.identity(),
            secrets,
            environment.mails(),
            environment.stopped(),
            true);

    for (var instance : List.of(gateway, first, query, saga)) {
      assertThat(environment.of(instance)).containsEntry("ORDERFLOW_DEMO_ENABLED", "false");
      assertThat(demo.of(instance)).containsEntry("ORDERFLOW_DEMO_ENABLED", "true");
    }
    assertThat(demo.of(gateway))
        .containsEntry("ORDERFLOW_DEMO_CUSTOMER_ID", "carol")
        .containsEntry("ORDERFLOW_DEMO_STOPPED_INSTANCES", directory.resolve("stopped").toString());
  }

  @Test
  void instances_call_each_other_by_all_their_addresses() {
    assertThat(environment.of(query))
        .containsEntry(
            "ORDERFLOW_GRPC_COMMAND_SIDE", "instances:///127.0.0.1:20021,127.0.0.1:20022")
        .containsEntry("ORDERFLOW_GRPC_QUERY_SIDE", "instances:///127.0.0.1:20023");
    assertThat(environment.of(gateway))
        .containsEntry(
            "ORDERFLOW_INSTANCES_COMMAND_SIDE", "http://127.0.0.1:20011,http://127.0.0.1:20012")
        .containsEntry("ORDERFLOW_INSTANCES_QUERY_SIDE", "http://127.0.0.1:20013")
        .containsEntry("ORDERFLOW_INSTANCES_SAGA", "http://127.0.0.1:20014");
  }

  @Test
  void only_the_gateway_gets_the_keys_of_tokens_and_sessions_and_no_database() {
    assertThat(environment.of(gateway))
        .containsKeys(
            "ORDERFLOW_GATEWAY_ISSUER_SIGNING_KEY",
            "ORDERFLOW_GATEWAY_ISSUER_CLIENTS",
            "ORDERFLOW_GATEWAY_SESSION_KEYS")
        .doesNotContainKeys("SPRING_DATASOURCE_PASSWORD", "ORDERFLOW_IDENTITY_CLIENT_SECRET");
    assertThat(environment.of(saga))
        .doesNotContainKeys(
            "ORDERFLOW_GATEWAY_ISSUER_SIGNING_KEY", "ORDERFLOW_GATEWAY_SESSION_KEYS");
  }

  @Test
  void nothing_listens_beyond_this_machine() {
    assertThat(environment.of(gateway))
        .containsEntry("SERVER_ADDRESS", "127.0.0.1")
        .containsEntry("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    // Spring Boot refuses an address of its own for what shares the port of the calls.
    assertThat(environment.of(query)).doesNotContainKey("MANAGEMENT_SERVER_ADDRESS");
  }

  @Test
  void only_the_saga_writes_mails() {
    assertThat(environment.of(saga))
        .containsEntry(
            "ORDERFLOW_NOTIFICATION_MAIL_DIRECTORY", directory.resolve("mails").toString());
    assertThat(environment.of(query)).doesNotContainKey("ORDERFLOW_NOTIFICATION_MAIL_DIRECTORY");
  }
}
