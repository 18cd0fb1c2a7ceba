package dev.orderflow.e2e.observability;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The system's Prometheus, which reads the instances of a platform every second. */
public final class RunningPrometheus implements AutoCloseable {
  private static final Optional<Path> PROGRAM =
      Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
          .map(directory -> Path.of(directory, "prometheus"))
          .filter(Files::isExecutable)
          .findFirst();

  static {
    if (PROGRAM.isEmpty()) {
      System.out.println("The queries are not tried: no Prometheus is installed.");
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private RunningPrometheus(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Whether there is one. */
  public static boolean isInstalled() {
    return PROGRAM.isPresent();
  }

  /**
   * Starts it, with the delivered rules.
   *
   * @param instances base URLs, by names as in {@code saga-1}
   * @param directory where it keeps everything
   */
  public static RunningPrometheus reading(Map<String, String> instances, Path directory)
      throws IOException {
    var configuration = directory.resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global: { scrape_interval: 1s, evaluation_interval: 1s }
        rule_files: [ %s ]
        scrape_configs:
        %s\
        """
            .formatted(
                Path.of("../deploy/prometheus/rules.yml").toAbsolutePath().normalize(),
                instances.entrySet().stream()
                    .map(one -> scrape(one.getKey(), URI.create(one.getValue())))
                    .collect(Collectors.joining())));
    var address = "127.0.0.1:" + freePort();
    var process =
        new ProcessBuilder(
                PROGRAM.orElseThrow().toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + address,
                "--enable-feature=exemplar-storage")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    return new RunningPrometheus(process, "http://" + address);
  }

  private static String scrape(String name, URI instance) {
    return """
    - job_name: %s
      metrics_path: /actuator/prometheus
      static_configs: [ { targets: [ "%s" ] } ]
    """
        .formatted(name.replaceFirst("-\\d+$", ""), instance.getAuthority());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The series that answer a query at this moment. */
  public List<JsonNode> ask(Query query) {
    var text = query.text().replace("$__rate_interval", "1m");
    return data("/api/v1/query?query=" + encode(text, UTF_8)).path("result").valueStream().toList();
  }

  /** The rules with what became of their last evaluation. */
  public List<JsonNode> rules() {
    return data("/api/v1/rules")
        .path("groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .toList();
  }

  /** The labels of all exemplars of a metric. */
  public List<JsonNode> exemplars(String metric) {
    return data("/api/v1/query_exemplars?query=%s&start=0&end=%d"
            .formatted(encode(metric, UTF_8), Instant.now().getEpochSecond() + 60))
        .valueStream()
        .flatMap(series -> series.path("exemplars").valueStream())
        .map(exemplar -> exemplar.path("labels"))
        .toList();
  }

  private JsonNode data(String call) {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + call)).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(call + ": " + answer.body());
      }
      return JsonMapper.shared().readTree(answer.body()).path("data");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
    // It writes to its directory until then, which is deleted next.
    process.onExit().join();
  }
}
