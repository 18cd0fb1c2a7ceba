package dev.orderflow.bench;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole platform, one instance of each service, as {@code ./orderflow up} starts it. */
final class RunningPlatform implements AutoCloseable {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DATA = PROJECT.resolve("bench/target/platform");
  private static final Path CONSOLE = PROJECT.resolve("bench/target/platform.console");
  private static final Path CLUSTER = DATA.resolve("cluster.json");
  private static final Duration READY_WITHIN = Duration.ofMinutes(10);
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(200);

  private static final int KIB_PER_MIB = 1024;

  private final List<String> frozen = new ArrayList<>();
  private final Process launcher;
  private final JsonNode cluster;

  /** Returns when the platform is ready; it begins without data. */
  RunningPlatform() throws IOException, InterruptedException {
    Files.createDirectories(CONSOLE.getParent());
    var reset = launch("reset");
    if (reset.waitFor() != 0) {
      throw new IllegalStateException("the platform cannot be reset, see " + CONSOLE);
    }
    launcher = launch("up", "--gateway-port", "0", "--no-demo-data");
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

  private static Process launch(String command, String... options) throws IOException {
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
    // Throughput is measured: with the optimizing compiler.
    builder.environment().put("ORDERFLOW_JVM_OPTS", "-XX:TieredStopAtLevel=4");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /** The base URL of the gateway. */
  String gateway() {
    return cluster.path("gateway").path("url").asString();
  }

  /** The base URL of the command side. */
  String commandSide() {
    return service("command-side").path("http").asString();
  }

  private JsonNode service(String name) {
    return cluster
        .path("services")
        .valueStream()
        .filter(service -> service.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A connection to all schemas. */
  Connection database() throws SQLException {
    var postgres = cluster.path("postgres");
    return DriverManager.getConnection(
        postgres.path("jdbcUrl").asString(),
        postgres.path("user").asString(),
        postgres.path("password").asString());
  }

  /** Keeps a service from doing anything until the platform is closed. */
  void freeze(String service) throws IOException {
    signal("-STOP", service);
    frozen.add(service);
  }

  private void signal(String signal, String service) throws IOException {
    var pid = service(service).path("pid").asString();
    if (new ProcessBuilder("kill", signal, pid).start().onExit().join().exitValue() != 0) {
      throw new IOException("kill " + signal + " " + service + " failed");
    }
  }

  /** What a service has in memory. */
  long memoryMiB(String service) throws IOException {
    return memoryMiB(service, "VmRSS");
  }

  /** The most that a service has had in memory. */
  long peakMemoryMiB(String service) throws IOException {
    return memoryMiB(service, "VmHWM");
  }

  private long memoryMiB(String service, String field) throws IOException {
    var status = Path.of("/proc", service(service).path("pid").asString(), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
        .findFirst()
        .orElseThrow();
  }

  /** The processor time that every part has used, in nanoseconds. */
  Map<String, Long> processorNanos() {
    var used = new LinkedHashMap<String, Long>();
    for (var name : List.of("command-side", "saga", "query-side")) {
      used.put(name, processorNanos(service(name)));
    }
    for (var name : List.of("postgres", "kafka")) {
      used.put(name, processorNanos(cluster.path(name)));
    }
    return used;
  }

  private static long processorNanos(JsonNode part) {
    return ProcessHandle.of(part.path("pid").asLong()).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToLong(Duration::toNanos)
        .sum();
  }

  @Override
  public void close() throws IOException {
    for (var service : frozen) {
      signal("-CONT", service);
    }
    launcher.destroy();
    launcher.onExit().orTimeout(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }
}
