package dev.orderflow.gateway.testing;

import dev.orderflow.gateway.Gateway;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway on a free port, and a client of it. */
public final class RunningGateway implements AutoCloseable {
  /** No server listens there: binding it needs rights, and connecting to it is refused. */
  public static final String NOBODY = "http://127.0.0.1:1";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ConfigurableApplicationContext context;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningGateway(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /**
   * Starts it with these settings, without those that are empty; services that are not named have
   * an instance that is dead.
   *
   * @param listeners hear of its start
   */
  public static RunningGateway start(
      Map<String, String> settings, ApplicationListener<?>... listeners) {
    var all = new LinkedHashMap<String, Object>();
    all.put("server.port", "0");
    all.put("management.server.port", "0");
    all.put("server.address", "127.0.0.1");
    all.put("orderflow.identity.issuer", SigningKeys.ISSUER);
    all.put("orderflow.instances.command-side", NOBODY);
    all.put("orderflow.instances.query-side", NOBODY);
    all.put("orderflow.instances.saga", NOBODY);
    try {
      var directory = Files.createTempDirectory("gateway");
      all.put("orderflow.identity.public-key", SigningKeys.TRUSTED.publicKey().toUri().toString());
      all.put(
          "orderflow.gateway.issuer.signing-key",
          SigningKeys.TRUSTED.privateKey().toUri().toString());
      all.put("orderflow.gateway.issuer.clients", clientsIn(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.putAll(settings);
    all.values().removeIf(""::equals);
    var arguments =
        all.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new);
    return new RunningGateway(
        new SpringApplicationBuilder(Gateway.class).listeners(listeners).run(arguments));
  }

  /** One for all tests of a JVM that change no settings and need no service. */
  public static RunningGateway shared() {
    return Shared.INSTANCE;
  }

  private static final class Shared {
    static final RunningGateway INSTANCE = start(Map.of());
  }

  private static String clientsIn(Path directory) throws IOException {
    var file = directory.resolve("clients.json");
    Files.writeString(
        file,
        """
        [{"clientId": "alice", "secret": "alice", "scope": "customer"},
         {"clientId": "admin", "secret": "admin", "scope": "staff"},
         {"clientId": "both", "secret": "s:e c+r%t", "scope": "customer staff"}]
        """);
    return file.toUri().toString();
  }

  /** A bean of its. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** A request to the port that is not public. */
  public HttpRequest.Builder managementRequest(String path) {
    return HttpRequest.newBuilder(
        URI.create(
            "http://127.0.0.1:"
                + context.getEnvironment().getRequiredProperty("local.management.port")
                + path));
  }

  /** A request to it. */
  public HttpRequest.Builder request(String method, String path) {
    var body =
        Set.of("GET", "HEAD", "OPTIONS").contains(method)
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString("{}");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .method(method, body);
  }

  /** A request to it with a token that allows the scope. */
  public HttpRequest.Builder requestAs(String scope, String method, String path) {
    return request(method, path)
        .header("Authorization", "Bearer " + SigningKeys.TRUSTED.token("alice", scope));
  }

  /** Sends a request. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofString());
  }

  /** Sends a request and gives the answer while it is still coming. */
  public HttpResponse<InputStream> open(HttpRequest.Builder request) {
    return send(request, BodyHandlers.ofInputStream());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The body of an answer. */
  public static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    client.shutdownNow();
    context.close();
  }
}
