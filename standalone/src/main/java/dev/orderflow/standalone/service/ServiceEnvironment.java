package dev.orderflow.standalone.service;

import dev.orderflow.standalone.identity.Identity;
import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.PostgresDatabases;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of the services, as environment variables: they are not seen in the list of
 * processes, and what an operator has set for a service besides reaches it too.
 *
 * @param mails where mails are written that have no server to go to
 * @param stopped a directory; while the gateway keeps a file of an instance's name there, the
 *     instance is not started
 * @param demo whether staff may disturb the platform
 */
public record ServiceEnvironment(
    Endpoints endpoints,
    Identity identity,
    Secrets secrets,
    Path mails,
    Path stopped,
    boolean demo) {
  private static final String TRACES_ENDPOINT =
      "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT";
  private static final String SAMPLING_PROBABILITY = "MANAGEMENT_TRACING_SAMPLING_PROBABILITY";
  private static final String SAMPLING_MOST = "ORDERFLOW_TRACING_MOST_PER_SECOND";

  /** The environment of one instance. */
  public Map<String, String> of(ServiceInstance instance) {
    var environment = new HashMap<String, String>();
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("SERVER_PORT", Integer.toString(instance.httpPort()));
    environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(instance.managementPort()));
    environment.put("ORDERFLOW_INSTANCE", Integer.toString(instance.instance()));
    environment.put("ORDERFLOW_IDENTITY_ISSUER", endpoints.gatewayUrl());
    environment.put("ORDERFLOW_IDENTITY_PUBLIC_KEY", identity.publicKey().toUri().toString());
    environment.put("SPRING_DATA_REDIS_HOST", "127.0.0.1");
    environment.put("SPRING_DATA_REDIS_PORT", Integer.toString(endpoints.redis()));
    // The gateway keeps the last traces; an operator may have them sent elsewhere.
    environment.put(
        TRACES_ENDPOINT,
        Objects.requireNonNullElse(
            System.getenv(TRACES_ENDPOINT), endpoints.gatewayUrl() + "/v1/traces"));
    environment.put("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_SCHEDULE_DELAY", "1s");
    environment.put("ORDERFLOW_DEMO_ENABLED", Boolean.toString(demo));
    if (instance.service().equals(Services.GATEWAY)) {
      addGateway(environment);
    } else {
      addDataAndIdentity(environment, instance);
    }
    if (instance.service().equals(Services.SAGA)) {
      environment.put("ORDERFLOW_NOTIFICATION_MAIL_DIRECTORY", mails.toString());
    }
    return environment;
  }

  private void addGateway(Map<String, String> environment) {
    // A server of its own, which would listen everywhere.
    environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    environment.put(
        "ORDERFLOW_GATEWAY_ISSUER_SIGNING_KEY", identity.signingKey().toUri().toString());
    environment.put("ORDERFLOW_GATEWAY_ISSUER_CLIENTS", identity.clients().toUri().toString());
    environment.put("ORDERFLOW_DEMO_CUSTOMER_ID", Identity.DEMO_CUSTOMER);
    environment.put("ORDERFLOW_DEMO_CUSTOMER_SECRET", Identity.DEMO_CUSTOMER);
    environment.put("ORDERFLOW_DEMO_STOPPED_INSTANCES", stopped.toString());
    environment.put("ORDERFLOW_GATEWAY_TRACES_ENABLED", "true");
    environment.put(
        SAMPLING_PROBABILITY, Objects.requireNonNullElse(System.getenv(SAMPLING_PROBABILITY), "1"));
    environment.put(SAMPLING_MOST, Objects.requireNonNullElse(System.getenv(SAMPLING_MOST), "5"));
    environment.put("ORDERFLOW_GATEWAY_SESSION_KEYS", identity.sessionKeys().toUri().toString());
    for (var service : Services.WITH_DATA) {
      environment.put(
          "ORDERFLOW_INSTANCES_" + variable(service),
          ServiceInstance.httpAddresses(endpoints.services(), service));
    }
  }

  private void addDataAndIdentity(Map<String, String> environment, ServiceInstance instance) {
    var service = instance.service();
    var role = Services.role(service);
    // The launcher's own environment has what the gateway is to choose; these follow it.
    environment.put(SAMPLING_PROBABILITY, "0");
    if (instance.hasGrpc()) {
      environment.put("SPRING_GRPC_SERVER_ADDRESS", "127.0.0.1");
      environment.put("SPRING_GRPC_SERVER_PORT", Integer.toString(instance.grpcPort()));
    }
    environment.put("SPRING_DATASOURCE_URL", endpoints.jdbcUrl());
    environment.put("SPRING_DATASOURCE_USERNAME", role);
    environment.put("SPRING_DATASOURCE_PASSWORD", secrets.of(PostgresDatabases.secretOf(role)));
    environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", endpoints.kafkaBootstrapServers());
    environment.put("ORDERFLOW_IDENTITY_TOKEN_URI", endpoints.gatewayUrl() + "/oauth2/token");
    environment.put("ORDERFLOW_IDENTITY_CLIENT_ID", service);
    environment.put("ORDERFLOW_IDENTITY_CLIENT_SECRET", secrets.of(Identity.secretOf(service)));
    environment.put(
        "ORDERFLOW_GRPC_COMMAND_SIDE",
        ServiceInstance.grpcTarget(endpoints.services(), Services.COMMAND_SIDE));
    environment.put(
        "ORDERFLOW_GRPC_QUERY_SIDE",
        ServiceInstance.grpcTarget(endpoints.services(), Services.QUERY_SIDE));
  }

  private static String variable(String service) {
    return Services.role(service).toUpperCase(Locale.ROOT);
  }
}
