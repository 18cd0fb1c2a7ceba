package dev.orderflow.e2e.pods;

import dev.orderflow.e2e.pods.RunnableManifests.Container;
import dev.orderflow.e2e.pods.RunnableManifests.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks one life of a pod's container how it is, each probe at its own pace. */
final class Probing implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int HIGHEST_SUCCESS = 399;

  private final Pod pod;
  private final Docker docker;
  private final Container container;
  private final ScheduledExecutorService schedule =
      Executors.newScheduledThreadPool(2, Thread.ofVirtual().factory());

  Probing(Pod pod, Docker docker) {
    this.pod = pod;
    this.docker = docker;
    this.container = pod.workload().container();
    if (container.startupProbe() == null) {
      isUp();
    } else {
      schedule.execute(() -> untilUp(container.startupProbe(), 1));
    }
  }

  private void untilUp(Probe startup, int attempt) {
    if (passes(startup)) {
      isUp();
    } else if (attempt == startup.threshold()) {
      pod.end();
    } else {
      schedule.schedule(() -> untilUp(startup, attempt + 1), startup.period(), TimeUnit.SECONDS);
    }
  }

  private void isUp() {
    if (container.readinessProbe() == null) {
      pod.ready(true);
    }
    repeat(container.readinessProbe(), () -> pod.ready(true), () -> pod.ready(false));
    repeat(container.livenessProbe(), () -> {}, pod::end);
  }

  private void repeat(@Nullable Probe probe, Runnable onSuccess, Runnable onFailures) {
    if (probe != null) {
      schedule.scheduleAtFixedRate(
          new Repeated(probe, onSuccess, onFailures), 0, probe.period(), TimeUnit.SECONDS);
    }
  }

  private final class Repeated implements Runnable {
    private final Probe probe;
    private final Runnable onSuccess;
    private final Runnable onFailures;
    private int failures;

    Repeated(Probe probe, Runnable onSuccess, Runnable onFailures) {
      this.probe = probe;
      this.onSuccess = onSuccess;
      this.onFailures = onFailures;
    }

    @Override
    public void run() {
      var passes = passes(probe);
      // A life that ended meanwhile has failed nothing.
      if (schedule.isShutdown()) {
        return;
      }
      if (passes) {
        failures = 0;
        onSuccess.run();
      } else if (++failures == probe.threshold()) {
        onFailures.run();
      }
    }
  }

  private boolean passes(Probe probe) {
    var limit = Duration.ofSeconds(probe.timeout());
    if (probe.httpGet() != null) {
      var port = container.port(probe.httpGet().port());
      var url = "http://%s:%d%s".formatted(pod.address(), port, probe.httpGet().path());
      return get(url, limit).isPresent();
    }
    if (probe.tcpSocket() != null) {
      return listens(container.port(probe.tcpSocket().port()), limit);
    }
    var line = new ArrayList<>(List.of("exec", pod.container()));
    line.addAll(Objects.requireNonNull(probe.exec()).command());
    return docker.succeeds(limit, line);
  }

  /** What an address answers with success; empty when it does not, or not in time. */
  static Optional<String> get(String url, Duration limit) {
    try {
      var request = HttpRequest.newBuilder(URI.create(url)).timeout(limit).build();
      return Optional.of(HTTP.send(request, BodyHandlers.ofString()))
          .filter(answer -> answer.statusCode() <= HIGHEST_SUCCESS)
          .map(HttpResponse::body);
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private boolean listens(int port, Duration limit) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(pod.address(), port), (int) limit.toMillis());
      return true;
    } catch (IOException none) {
      return false;
    }
  }

  @Override
  public void close() {
    schedule.shutdownNow();
    schedule.close();
  }
}
