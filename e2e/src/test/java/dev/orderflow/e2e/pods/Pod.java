package dev.orderflow.e2e.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.pods.RunnableManifests.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pod of one container, which is started again whenever it ends. */
final class Pod {
  private static final Executor EACH_IN_A_THREAD = Thread::startVirtualThread;

  /** The first of those that a cluster makes between two lives; it makes them ever longer. */
  private static final int BACK_OFF_SECONDS = 10;

  private static final Duration WHOLE_LIFE = Duration.ofDays(1);

  private final String name;
  private final Workload workload;
  private final RunnableManifests manifests;
  private final Names names;
  private final Docker docker;
  private final Runnable changed;
  private volatile String address = "";
  private volatile boolean ready;
  private volatile boolean leaving;
  private volatile int lives;
  private volatile int exitCode;
  private @Nullable CompletableFuture<Void> life;

  /**
   * @param changed told when it becomes ready, and when it is no longer
   */
  Pod(
      String name,
      Workload workload,
      RunnableManifests manifests,
      Names names,
      Docker docker,
      Runnable changed) {
    this.name = name;
    this.workload = workload;
    this.manifests = manifests;
    this.names = names;
    this.docker = docker;
    this.changed = changed;
  }

  String name() {
    return name;
  }

  Workload workload() {
    return workload;
  }

  String address() {
    return address;
  }

  boolean isReady() {
    return ready;
  }

  /** How often its container was started. */
  int lives() {
    return lives;
  }

  String metrics() {
    var port = workload.name().equals("gateway") ? 8081 : 8080;
    return Probing.get(
            "http://%s:%d/actuator/prometheus".formatted(address, port), Duration.ofSeconds(10))
        .orElseThrow();
  }

  String container() {
    return docker.name() + "-" + name;
  }

  void start() {
    docker.run(creation());
    life = CompletableFuture.runAsync(this::live, EACH_IN_A_THREAD);
  }

  private void live() {
    while (!leaving) {
      docker.run("start", container());
      lives++;
      address = inspected("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
      try (var _ = new Probing(this, docker)) {
        docker.succeeds(WHOLE_LIFE, List.of("wait", container()));
      }
      exitCode = Integer.parseInt(inspected("{{.State.ExitCode}}"));
      ready(false);
      if (lives > 1 && !leaving) {
        pause(BACK_OFF_SECONDS);
      }
    }
  }

  private String inspected(String template) {
    return docker.run("inspect", "--format", template, container());
  }

  private static void pause(int seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  /** As its probes say; one that leaves takes no calls, whatever they say. */
  synchronized void ready(boolean passes) {
    var was = ready;
    ready = passes && !leaving;
    if (was != ready) {
      changed.run();
    }
  }

  /** Ends its container in the way that the manifest grants it. */
  void end() {
    var preStop = workload.container().preStopSeconds();
    pause(preStop);
    var grace = workload.pod().graceSeconds() - preStop;
    docker.run("stop", "--time", Integer.toString(grace), container());
  }

  /** Callers hear of it at once; the exit code is there when the container has gone. */
  CompletableFuture<Integer> delete() {
    leaving = true;
    ready(false);
    return CompletableFuture.runAsync(this::end, EACH_IN_A_THREAD)
        .thenCompose(_ -> Objects.requireNonNull(life))
        .thenApply(_ -> {
          docker.run("rm", "--volumes", container());
          return exitCode;
        });
  }

  private List<String> creation() {
    var pod = workload.pod();
    var security = pod.securityContext();
    var container = workload.container();
    var memory = container.resources().limits().dockersMemory();
    var line =
        new ArrayList<>(
            List.of(
                "create",
                "--name=" + container(),
                "--hostname=" + name,
                "--label=" + docker.name(),
                "--network=" + docker.name(),
                "--network-alias=" + name,
                "--volume=%s:/etc/hosts:ro".formatted(names.file()),
                "--no-healthcheck",
                "--user=%d:%d".formatted(security.runAsUser(), security.runAsGroup()),
                "--memory=" + memory,
                "--memory-swap=" + memory));
    container.securityContext().capabilities().drop().forEach(one -> line.add("--cap-drop=" + one));
    if (security.fsGroup() != null) {
      line.add("--group-add=" + security.fsGroup());
    }
    if (container.securityContext().readOnlyRootFilesystem()) {
      line.add("--read-only");
    }
    if (!container.securityContext().allowPrivilegeEscalation()) {
      line.add("--security-opt=no-new-privileges");
    }
    environment().forEach((variable, value) -> line.add("--env=%s=%s".formatted(variable, value)));
    line.addAll(new Volumes(container(), workload, manifests, docker).mounts());
    container.command().stream().findFirst().ifPresent(one -> line.add("--entrypoint=" + one));
    line.add(container.image());
    container.command().stream().skip(1).forEach(line::add);
    line.addAll(container.args());
    return line;
  }

  private Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    for (var source : workload.container().envFrom()) {
      environment.putAll(manifests.configMap(source.configMapRef().name()));
    }
    for (var variable : workload.container().env()) {
      environment.put(
          variable.name(),
          variable.valueFrom() == null ? Objects.requireNonNull(variable.value()) : name);
    }
    assertThat(environment.values())
        .as("nothing refers to another variable")
        .noneMatch(value -> value.contains("$("));
    return environment;
  }
}
