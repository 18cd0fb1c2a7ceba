package dev.orderflow.e2e.platform;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.shop.ShopClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A platform in containers, as {@code docker compose} starts it with two instances of each service,
 * under a project name and on ports of its own.
 */
public final class ContainerPlatform implements PlatformUnderTest {
  /** Those of which there may be several. */
  public static final List<String> SERVICES =
      List.of("command-side", "query-side", "saga", "gateway");

  private static final String AUDIT =
      "SPRING_DATASOURCE_PASSWORD=$(cat /run/secrets/spring.datasource.password)"
          + " exec java -Xmx64m -cp service.jar dev.orderflow.commandside.audit.AuditProgram";

  private final Setup setup;
  private final String project = "orderflow-" + ProcessHandle.current().pid();
  private final Map<String, String> environment = new TreeMap<>();
  private final CommandLine commandLine;
  private @Nullable ShopClient shop;

  private ContainerPlatform(Setup setup) {
    this.setup = setup;
    this.commandLine = new CommandLine(PROJECT.resolve("e2e/target/containers.log"), environment);
    environment.putAll(setup.environment());
    for (var port :
        List.of(
            "GATEWAY_PORT",
            "COMMAND_GRPC_PORT",
            "QUERY_GRPC_PORT",
            "POSTGRES_PORT",
            "KAFKA_PORT")) {
      environment.put(port, Integer.toString(freePort()));
    }
  }

  /** A platform that has no data yet. */
  public static ContainerPlatform fresh(Setup setup) {
    return new ContainerPlatform(setup);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  @Override
  public Setup setup() {
    return setup;
  }

  /** There are two of each anyhow. */
  @Override
  public boolean suits(Setup wanted) {
    return true;
  }

  @Override
  public void start() {
    var begin = System.nanoTime();
    compose("up", "--detach", "--wait");
    shop = new ShopClient(gateway());
    System.out.printf(
        "%s in containers, two of each: ready after %.1f s, %s%n",
        setup, Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0, memory());
  }

  /** Takes the containers away; the volumes stay. */
  public void takeDown() {
    compose("down");
  }

  @Override
  public int stop() {
    shop = null;
    compose("down", "--volumes", "--timeout", "5");
    return 0;
  }

  @Override
  public boolean isRunning() {
    return shop != null;
  }

  @Override
  public Cluster cluster() {
    var password = compose("exec", "-T", "postgres", "cat", "/run/secrets/postgres");
    return new Cluster(
        new Cluster.Gateway(gateway(), "", 0),
        List.of(
            new Cluster.Service("command-side", 1, 0, gateway(), at("COMMAND_GRPC_PORT")),
            new Cluster.Service("query-side", 1, 0, gateway(), at("QUERY_GRPC_PORT"))),
        new Cluster.Postgres(
            "jdbc:postgresql://%s/orderflow".formatted(at("POSTGRES_PORT")),
            "postgres",
            password,
            0),
        new Cluster.Redis("127.0.0.1", 0, 0),
        new Cluster.Kafka(at("KAFKA_PORT"), 0));
  }

  private String gateway() {
    return "http://" + at("GATEWAY_PORT");
  }

  private String at(String port) {
    return "127.0.0.1:" + environment.get(port);
  }

  @Override
  public ShopClient shop() {
    assertThat(shop).as("the way in").isNotNull();
    return shop;
  }

  @Override
  public int run(String command) {
    assertThat(command).isEqualTo("audit");
    System.out.println(compose("exec", "-T", "command-side", "sh", "-c", AUDIT));
    return 0;
  }

  /** The containers of a service that run, the oldest first. */
  public List<String> containers(String service) {
    return compose("ps", "--quiet", "--status", "running", service)
        .lines()
        .sorted(Comparator.comparing(id -> docker("inspect", "-f", "{{.Created}}", id)))
        .toList();
  }

  /** Returns when there are so many healthy instances of a service; those that run stay. */
  public void scale(String service, int instances) {
    compose(
        "up",
        "--detach",
        "--wait",
        "--no-deps",
        "--no-recreate",
        "--scale",
        service + "=" + instances,
        service);
  }

  /** Kills a container; nothing starts it again. */
  public void kill(String container) {
    docker("kill", container);
    docker("rm", container);
  }

  /** Puts a new container in the place of each, one after the other, as a rolling upgrade does. */
  public void replaceAll(String service) {
    var old = containers(service);
    for (var container : old) {
      scale(service, old.size() + 1);
      docker("stop", container);
      docker("rm", container);
    }
  }

  /** How many calls of others each instance of a service has answered, by its container. */
  public Map<String, Long> calls(String service, Transport transport) {
    return containers(service).stream()
        .collect(toMap(Function.identity(), container -> callsOf(container, transport)));
  }

  /** Ways of calling, and the metric that counts them. */
  public enum Transport {
    HTTP("http_server_requests_seconds_count"),
    GRPC("grpc_server_processing_duration_seconds_count");

    private final String metric;

    Transport(String metric) {
      this.metric = metric;
    }

    /** How many calls an instance says that it has answered, those of its operators left out. */
    public long calls(String metrics) {
      return metrics
          .lines()
          .filter(line -> line.startsWith(metric) && !line.contains("/actuator"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  private long callsOf(String container, Transport transport) {
    var metrics =
        docker(
            "exec",
            container,
            "bash",
            "-c",
            "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8080};"
                + " printf 'GET /actuator/prometheus HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3");
    return transport.calls(metrics);
  }

  /** What each container uses, and all of them together. */
  public String memory() {
    return docker("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}")
        .lines()
        .filter(line -> line.startsWith(project))
        .map(line -> line.substring(project.length() + 1, line.indexOf(" /")))
        .sorted()
        .collect(joining(", "));
  }

  private String compose(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                "docker",
                "compose",
                "--project-name",
                project,
                "--file",
                "docker-compose.yml",
                "--file",
                "compose.balanced.yaml",
                "--file",
                "e2e/src/test/resources/compose.verify.yaml",
                "--project-directory",
                "."));
    command.addAll(List.of(arguments));
    return commandLine.run(command);
  }

  private String docker(String... arguments) {
    var command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return commandLine.run(command);
  }
}
