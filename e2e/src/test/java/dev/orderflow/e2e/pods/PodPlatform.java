package dev.orderflow.e2e.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.CommandLine;
import dev.orderflow.e2e.platform.ContainerPlatform.Transport;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.pods.RunnableManifests.Service;
import dev.orderflow.e2e.pods.RunnableManifests.Workload;
import dev.orderflow.e2e.shop.ShopClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pods of the overlay {@code try}, as many as its manifests ask for, as containers. */
public final class PodPlatform implements AutoCloseable {
  private static final String OVERLAY = "deploy/kubernetes/overlays/try";
  private static final Duration READY_WITHIN = Duration.ofMinutes(10);
  private static final String AUDIT =
      "cd /run/orderflow/secrets;"
          + " export SPRING_DATASOURCE_USERNAME=$(cat spring.datasource.username)"
          + " SPRING_DATASOURCE_PASSWORD=$(cat spring.datasource.password); cd /opt/orderflow;"
          + " exec java -Xmx64m -cp service.jar dev.orderflow.commandside.audit.AuditProgram";

  private final Docker docker;
  private final RunnableManifests manifests;
  private final Names names;
  private final Collection<Pod> pods = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> made = new HashMap<>();

  private PodPlatform(ManifestRenderer renderer, CommandLine commandLine, Path directory) {
    var name = "orderflow-pods-" + ProcessHandle.current().pid();
    var rendered = withImagesOfThisMachine(renderer.render(OVERLAY));
    var secrets = commandLine.run(List.of("deploy/kubernetes/secrets.sh"));
    manifests = RunnableManifests.parse(rendered + "\n" + secrets);
    manifests.services().forEach(service -> check(service, manifests.workloads()));
    docker = new Docker(commandLine, name);
    names = new Names(directory.resolve(name + ".hosts"), manifests.services());
  }

  /** Those that are built here, and the stores' under the names that Compose may be given, too. */
  private static String withImagesOfThisMachine(String yaml) {
    var images =
        Map.of(
            "postgres:17", "POSTGRES_IMAGE",
            "apache/kafka:4.2.1", "KAFKA_IMAGE",
            "redis:8", "REDIS_IMAGE");
    var ours = yaml.replace(":try", ":" + System.getProperty("orderflow.version"));
    for (var image : images.entrySet()) {
      var other = System.getenv().getOrDefault(image.getValue(), image.getKey());
      ours = ours.replace("image: " + image.getKey(), "image: " + other);
    }
    return ours;
  }

  /** Containers have no proxy that would translate a Service's ports. */
  private static void check(Service service, List<Workload> workloads) {
    assertThat(workloads.stream().filter(workload -> workload.isSelectedBy(service)))
        .as("pods of %s", service)
        .isNotEmpty()
        .allSatisfy(workload ->
            assertThat(service.spec().ports())
                .allSatisfy(port ->
                    assertThat(workload.container().port(port.targetPort()))
                        .isEqualTo(port.port())));
  }

  /** A platform without data; none where nothing can render its manifests. */
  public static Optional<PodPlatform> fresh() {
    var directory = PlatformUnderTest.PROJECT.resolve("e2e/target/pods");
    var commandLine = new CommandLine(directory.resolve("docker.log"), Map.of());
    return ManifestRenderer.onThisMachine(commandLine)
        .map(renderer -> new PodPlatform(renderer, commandLine, directory));
  }

  /** Returns when all pods are ready; they are started all at once. */
  public void start() {
    var begin = System.nanoTime();
    docker.run("network", "create", "--internal", "--label", docker.name(), docker.name());
    manifests.workloads().parallelStream()
        .forEach(workload -> {
          for (var i = 0; i < workload.replicas(); i++) {
            add(workload);
          }
        });
    awaitReady();
    System.out.printf(
        "%d pods: ready after %.1f s%n",
        pods.size(), Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
  }

  /** Waits until every pod is ready. */
  public void awaitReady() {
    await("all pods are ready")
        .atMost(READY_WITHIN)
        .until(() -> pods.stream().allMatch(Pod::isReady));
  }

  private void add(Workload workload) {
    var pod =
        new Pod(newName(workload), workload, manifests, names, docker, () -> names.tell(pods));
    pods.add(pod);
    pod.start();
  }

  /** A Deployment never gives a name a second time. */
  private synchronized String newName(Workload workload) {
    var number = made.merge(workload.name(), 1, Integer::sum);
    return workload.name() + "-" + (workload.isStateful() ? number - 1 : number);
  }

  /** The pods of a workload that are not leaving, by their names. */
  public List<String> pods(String workload) {
    return pods.stream()
        .filter(pod -> pod.workload().name().equals(workload))
        .map(Pod::name)
        .sorted()
        .toList();
  }

  private Pod pod(String name) {
    return pods.stream().filter(pod -> pod.name().equals(name)).findFirst().orElseThrow();
  }

  /** The way in. */
  public ShopClient shop() {
    return new ShopClient("http://" + pod(pods("gateway").getFirst()).address() + ":8080");
  }

  public boolean isReady(String pod) {
    return pod(pod).isReady();
  }

  /** How often the container of a pod was started. */
  public int lives(String pod) {
    return pod(pod).lives();
  }

  /** Ends the first process of a pod by {@code kill -9}. */
  public void kill(String pod) {
    docker.run("kill", pod(pod).container());
  }

  /** Stops all processes of a pod where they are. */
  public void pause(String pod) {
    docker.run("pause", pod(pod).container());
  }

  public void unpause(String pod) {
    docker.run("unpause", pod(pod).container());
  }

  /** Another one takes its place at once; the exit code is there when the pod has gone. */
  public CompletableFuture<Integer> delete(String pod) {
    var leaving = pod(pod);
    assertThat(leaving.workload().isStateful()).as("is to have another name").isFalse();
    pods.remove(leaving);
    var gone = leaving.delete();
    add(leaving.workload());
    return gone;
  }

  /** How many calls a pod has answered since its container was started. */
  public long calls(String pod, Transport transport) {
    return transport.calls(pod(pod).metrics());
  }

  /** The audit of the event store, beside a command side. */
  public String audit() {
    return docker.run("exec", pod(pods("command-side").getFirst()).container(), "sh", "-c", AUDIT);
  }

  @Override
  public void close() {
    docker.remove();
  }
}
