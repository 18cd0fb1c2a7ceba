package dev.orderflow.queryside.testing;

import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.SigningKeys;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.queryside.QuerySide;
import dev.orderflow.queryside.live.Changes;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The query side as it runs in production, on free ports, and callers from outside. */
public final class RunningQuerySide implements AutoCloseable {
  /** Reads what is expected as it reads answers. */
  public static final JsonMapper JSON = JsonMapper.builder().build();

  static {
    // What was just started on a busy machine takes in its first record late.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  private final TestDatabase database;
  private final CommandSideDouble commandSide;
  private final Publisher publisher;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext application;
  private final ManagedChannel channel;

  private RunningQuerySide() {
    this(new TestDatabase());
  }

  /** One of its own on a database, which may have tables already, with more that it is made of. */
  public RunningQuerySide(TestDatabase database, Class<?>... more) {
    this(
        more,
        database,
        new CommandSideDouble(),
        new Publisher(TestKafka.sharedBootstrapServers()),
        // Too long to wait for: what changes is told of, or the tests wait in vain.
        "--orderflow.streams.heartbeat=1h");
  }

  private RunningQuerySide(
      Class<?>[] more,
      TestDatabase database,
      CommandSideDouble commandSide,
      Publisher publisher,
      String... settings) {
    this.database = database;
    this.commandSide = commandSide;
    this.publisher = publisher;
    var common =
        Stream.of(
            "--server.port=0",
            "--spring.grpc.server.port=0",
            "--spring.datasource.url=" + database.url(),
            "--spring.datasource.username=" + database.role(),
            "--spring.data.redis.port=" + TestRedis.shared().port(),
            "--spring.kafka.bootstrap-servers=" + TestKafka.sharedBootstrapServers(),
            "--orderflow.identity.issuer=" + SigningKeys.ISSUER,
            "--orderflow.identity.public-key=file:" + SigningKeys.TRUSTED.publicKey(),
            "--orderflow.grpc.command-side=" + commandSide.target(),
            // As long as may be: the machine may have much else to do.
            "--orderflow.consistency.max-wait=5s",
            "--orderflow.cache.shared.timeout=5s",
            "--orderflow.cache.patience=5s",
            "--orderflow.dead-letters.check-interval=1s");
    application =
        new SpringApplicationBuilder(
                Stream.concat(
                        Stream.of(QuerySide.class, CallThreads.class, StreamBeginnings.class),
                        Stream.of(more))
                    .toArray(Class<?>[]::new))
            // At the end of the JVM it would wait for servers that end with it.
            .registerShutdownHook(false)
            .run(Stream.concat(common, Stream.of(settings)).toArray(String[]::new));
    channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", application.getBean(GrpcServerLifecycle.class).getPort())
            .usePlaintext()
            .build();
  }

  /** Another instance of the same query side, with these settings. */
  public RunningQuerySide another(String... settings) {
    return new RunningQuerySide(new Class<?>[0], database, commandSide, publisher, settings);
  }

  /** Stops it. */
  @Override
  public void close() {
    application.close();
    channel.shutdownNow();
    http.shutdownNow();
  }

  public TestDatabase database() {
    return database;
  }

  public CommandSideDouble commandSide() {
    return commandSide;
  }

  public Publisher publisher() {
    return publisher;
  }

  public ManagedChannel channel() {
    return channel;
  }

  /** The stub, calling with the token. */
  public static <S extends AbstractStub<S>> S as(String token, S stub) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /**
   * An answer over HTTP.
   *
   * @param json empty object when there is no body
   */
  public record Answer(int status, HttpResponse<String> response, JsonNode json) {
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** GET, with pairs of header names and values. */
  public Answer get(String path, String... headers) {
    var port = application.getEnvironment().getRequiredProperty("local.server.port");
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      var body = response.body();
      return new Answer(
          response.statusCode(),
          response,
          body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The status of a call without a body, with a token unless that is empty. */
  public int call(String method, String token, String path) throws Exception {
    var port = application.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** GET of what has no end of its own, with a token; closing the body is hanging up. */
  public HttpResponse<InputStream> open(String token, String path, String... headers)
      throws Exception {
    var port = application.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** How many streams are open, as operators see it. */
  public double openStreams() {
    return application.getBean(MeterRegistry.class).get("orderflow.streams.open").gauge().value();
  }

  /** The readers of Kafka whose backlog operators see. */
  public Set<String> measuredReaders() {
    return application.getBean(MeterRegistry.class).getMeters().stream()
        .map(meter -> meter.getId().getTag("client.id"))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** GET with a token. */
  public Answer getAs(String token, String path, String... headers) {
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Authorization";
    all[1] = "Bearer " + token;
    return get(path, all);
  }

  /** A product, once the view has it in this version. */
  public Answer awaitVersion(String productId, long version) {
    var path = "/products/" + productId;
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> get(path).header("ETag").endsWith("-" + version + "\""));
    return get(path);
  }

  /** Whether a client watches the product or order with this id. */
  public boolean watches(String id) {
    return application.getBean("changes", Changes.class).isWatched(id);
  }

  /** What it is made of. */
  public <T> Collection<T> beans(Class<T> type) {
    return application.getBeansOfType(type).values();
  }

  /** On which threads calls were answered. */
  public CallThreads callThreads() {
    return application.getBean(CallThreads.class);
  }

  /** How its streams have begun. */
  public StreamBeginnings streamBeginnings() {
    return application.getBean(StreamBeginnings.class);
  }

  /** What a setting is on it. */
  public <T> T setting(String name, Class<T> type) {
    return application.getEnvironment().getRequiredProperty(name, type);
  }

  /** A token of a customer. */
  public String customer(String name) {
    return SigningKeys.TRUSTED.token(name, "customer");
  }

  /** A token of staff. */
  public String staff() {
    return SigningKeys.TRUSTED.token("admin", "staff");
  }

  /** The one that the tests of this JVM share; it stops with it. */
  public static RunningQuerySide shared() {
    return Shared.INSTANCE;
  }

  /** When the database answers it again after an outage: it pauses between its attempts. */
  public void awaitDatabase() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> getAs(staff(), "/admin/orders").status() == 200);
  }

  private static final class Shared {
    static final RunningQuerySide INSTANCE = new RunningQuerySide();
  }
}
