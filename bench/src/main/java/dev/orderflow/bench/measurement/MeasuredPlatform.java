package dev.orderflow.bench.measurement;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole platform, one instance of each service, as {@code ./orderflow up} starts it: that of this
 * project, or of another one that the system property {@code bench.project} names. Options for its
 * JVMs come from the environment, {@code ORDERFLOW_JVM_OPTS}, as they do for {@code up}.
 */
public final class MeasuredPlatform implements AutoCloseable {
  private static final Path PROJECT =
      Path.of(System.getProperty("bench.project", "..")).toAbsolutePath().normalize();
  private static final Path DATA = Path.of("target/platform").toAbsolutePath();
  private static final Path CONSOLE = Path.of("target/platform.console").toAbsolutePath();
  private static final Path CLUSTER = DATA.resolve("cluster.json");
  private static final Duration READY_WITHIN = Duration.ofMinutes(10);
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final List<String> SERVICES = List.of("command-side", "saga", "query-side");

  private final Process launcher;
  private final JsonNode cluster;

  /** Returns when the platform is ready; it begins without data. */
  public MeasuredPlatform() throws IOException, InterruptedException {
    this("");
  }

  /**
   * Returns when the platform is ready; it begins without data.
   *
   * @param jvmOptions of each service, behind those of the environment, with blanks between them
   * @param options of {@code up}
   */
  public MeasuredPlatform(String jvmOptions, String... options)
      throws IOException, InterruptedException {
    Files.createDirectories(CONSOLE.getParent());
    var reset = launch("", "reset");
    if (reset.waitFor() != 0) {
      throw new IllegalStateException("the platform cannot be reset, see " + CONSOLE);
    }
    launcher =
        launch(
            jvmOptions,
            "up",
            Stream.concat(Stream.of("--gateway-port", "0", "--no-demo-data"), Stream.of(options))
                .toArray(String[]::new));
    // It would outlive a bench that is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(launcher::destroy));
    try {
      await("the platform is ready, see " + CONSOLE)
          .atMost(READY_WITHIN)
          .pollInterval(POLL)
          .failFast("the launcher ended, see " + CONSOLE, () -> !launcher.isAlive())
          .until(() -> Files.exists(CLUSTER));
    } catch (RuntimeException e) {
      launcher.destroy();
      throw e;
    }
    cluster = JsonMapper.shared().readTree(Files.readString(CLUSTER));
  }

  private static Process launch(String jvmOptions, String command, String... options)
      throws IOException {
    var line =
        Stream.concat(
                Stream.of(
                    PROJECT.resolve("orderflow").toString(),
                    command,
                    "--data-dir",
                    DATA.toString()),
                Stream.of(options))
            .toList();
    var builder =
        new ProcessBuilder(line)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(CONSOLE.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // All orders are of one customer, who may have more of them open than customers usually do.
    builder.environment().put("ORDERFLOW_ORDERING_MAXOPENORDERS", "100000");
    builder.environment().put("ORDERFLOW_ORDERING_MAXOPENPIECES", "1000000");
    builder
        .environment()
        .merge("ORDERFLOW_JVM_OPTS", jvmOptions, (own, others) -> own + " " + others);
    return builder.start();
  }

  /** The base URL of the gateway. */
  public String gateway() {
    return cluster.path("gateway").path("url").asString();
  }

  /** The base URLs of the services behind the gateway. */
  public List<String> services() {
    return SERVICES.stream().map(name -> service(name).path("http").asString()).toList();
  }

  /** Where Kafka listens. */
  public String kafka() {
    return cluster.path("kafka").path("bootstrapServers").asString();
  }

  /** Where the log of a part is written. */
  public Path log(String part) {
    return DATA.resolve("logs").resolve(part + ".log");
  }

  private JsonNode service(String name) {
    return instances(name).getFirst();
  }

  private List<JsonNode> instances(String name) {
    return cluster
        .path("services")
        .valueStream()
        .filter(service -> service.path("name").asString().equals(name))
        .toList();
  }

  /** The instances of the query side by their base URLs. */
  public Map<String, PlatformProcess> querySides() {
    var all = new LinkedHashMap<String, PlatformProcess>();
    instances("query-side").forEach(one -> all.put(one.path("http").asString(), process(one)));
    return all;
  }

  /** The saga would carry on with every order. A process that hangs would be started again. */
  public void keepTheSagaAway() throws SQLException {
    try (var database = database();
        var statement = database.createStatement()) {
      statement.execute("ALTER ROLE saga NOLOGIN");
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'saga'");
    }
  }

  /** A connection to all schemas. */
  public Connection database() throws SQLException {
    var postgres = cluster.path("postgres");
    return DriverManager.getConnection(
        postgres.path("jdbcUrl").asString(),
        postgres.path("user").asString(),
        postgres.path("password").asString());
  }

  /** Its processes by name, in the order in which a request meets them. */
  public Map<String, PlatformProcess> processes() {
    var all = new LinkedHashMap<String, PlatformProcess>();
    all.put("gateway", process(cluster.path("gateway")));
    for (var name : SERVICES) {
      all.put(name, process(service(name)));
    }
    for (var name : List.of("postgres", "kafka", "redis")) {
      all.put(name, process(cluster.path(name)));
    }
    return all;
  }

  private static PlatformProcess process(JsonNode part) {
    return new PlatformProcess(part.path("pid").asLong());
  }

  @Override
  public void close() {
    launcher.destroy();
    launcher.onExit().orTimeout(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }
}
