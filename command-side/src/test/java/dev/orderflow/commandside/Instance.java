package dev.orderflow.commandside;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running instance of the command side, used from outside. */
public final class Instance implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * A setting of instances that contend for the same things: a busy machine may keep one of them
   * from its work while the others wait for its locks.
   */
  static final String PATIENT_WITH_OTHERS =
      "--spring.datasource.hikari.connection-init-sql=SET transaction_timeout = '20s';"
          + " SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s'";

  private final ConfigurableApplicationContext context;

  private Instance(ConfigurableApplicationContext context) {
    this.context = context;
  }

  record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    String code() {
      return body.path("code").asString();
    }
  }

  /**
   * Starts one.
   *
   * @param furtherSettings as {@code --name=value}; they go before those that every test needs
   */
  public static Instance start(TestPostgres.Database database, String... furtherSettings) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("--server.port", "0");
    settings.put("--spring.grpc.server.port", "0");
    settings.put("--spring.datasource.url", database.url());
    settings.put("--spring.datasource.username", database.user());
    settings.put("--spring.kafka.bootstrap-servers", TestKafka.sharedBootstrapServers());
    settings.put("--orderflow.grpc.query-side", "instances:///127.0.0.1:1");
    // The orders of a test do not end: no saga runs.
    settings.put("--orderflow.ordering.max-open-orders", "100000");
    // A busy machine is slow, and that is no failure.
    settings.put("--orderflow.commands.patience", "20s");
    settings.put("--orderflow.identity.issuer", SigningKeys.ISSUER);
    settings.put("--orderflow.identity.public-key", "file:" + SigningKeys.TRUSTED.publicKey());
    for (var setting : furtherSettings) {
      var parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    var arguments = settings.entrySet().stream().map(s -> s.getKey() + "=" + s.getValue()).toList();
    return new Instance(
        new SpringApplicationBuilder(CommandSide.class)
            // At the end of the JVM it would wait for servers that end with it.
            .registerShutdownHook(false)
            .run(arguments.toArray(String[]::new)));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  <T> Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  String url() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  Answer send(String method, String path, String token, String body, String... headers) {
    return send(method, path, token, body.getBytes(UTF_8), headers);
  }

  Answer send(String method, String path, String token, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    for (var i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body()),
          response);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  ManagedChannel channel() {
    return ManagedChannelBuilder.forAddress(
            "127.0.0.1", context.getBean(GrpcServerLifecycle.class).getPort())
        .usePlaintext()
        .build();
  }

  @Override
  public void close() {
    context.close();
  }
}
