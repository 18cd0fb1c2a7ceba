package dev.orderflow.standalone.service;

import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.process.JavaProcess;
import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.ProcessSpec;
import dev.orderflow.standalone.process.Signal;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the processes of services out of their jars. */
public final class ServiceProcesses implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Duration READY_ANSWER_WITHIN = Duration.ofSeconds(2);

  /** Long enough for a busy machine. */
  private static final Duration LIFE_ANSWER_WITHIN = Duration.ofSeconds(3);

  private static final int OK = 200;

  private final Path project;
  private final Path data;
  private final BinaryCache cache;
  private final ServiceEnvironment environment;
  private final HttpClient http;
  private final Map<String, BootJar> jars = new ConcurrentHashMap<>();

  /** Finds the jars below the project's directory; the processes work in the data directory. */
  public ServiceProcesses(
      Path project, Path data, BinaryCache cache, ServiceEnvironment environment, HttpClient http) {
    this.project = project;
    this.data = data;
    this.cache = cache;
    this.environment = environment;
    this.http = http;
  }

  /**
   * Extracts the jar of a service and makes its later starts quick, if that has not been done.
   *
   * @return whether there was anything to do
   */
  public boolean prepare(String service) {
    return jar(service).isNew();
  }

  /** One instance as a process. */
  public ProcessSpec spec(ServiceInstance instance, LogFile log) {
    var service = instance.service();
    var jar = jar(service).path();
    var command = new ArrayList<String>();
    command.add(JavaProcess.program());
    command.add(JavaProcess.marker(data.resolve(instance.name())));
    command.addAll(new AotCache(jar).options());
    command.addAll(Jvm.options(service));
    command.add("-jar");
    command.add(jar.toString());
    return new ProcessSpec(
        instance.name(),
        instance.name(),
        instance.http(),
        command,
        environment.of(instance),
        data,
        log,
        Signal.TERM,
        STOP_WITHIN,
        () -> !Files.exists(environment.stopped().resolve(instance.name())),
        ProcessSpec.Preparation.NONE,
        _ -> isOk(instance, "readiness", READY_ANSWER_WITHIN),
        () -> isOk(instance, "liveness", LIFE_ANSWER_WITHIN));
  }

  private boolean isOk(ServiceInstance instance, String health, Duration within)
      throws IOException, InterruptedException {
    var question =
        HttpRequest.newBuilder(URI.create(instance.management() + "/actuator/health/" + health))
            .timeout(within)
            .build();
    return http.send(question, BodyHandlers.discarding()).statusCode() == OK;
  }

  private BootJar jar(String service) {
    return jars.computeIfAbsent(service, this::prepared);
  }

  private BootJar prepared(String service) {
    // A launcher that is started beside another one waits for what that one makes.
    try (var _ = cache.turn(service)) {
      var jar = BootJar.of(project, service, cache);
      if (jar.isNew()) {
        new AotCache(jar.path())
            .make(Jvm.options(service), environment.of(new ServiceInstance(service, 1, 0, 0)));
      }
      return jar;
    } catch (IOException failure) {
      throw new StartFailedException(
          "The %s could not be prepared: %s".formatted(service, failure.getMessage()), failure);
    }
  }

  @Override
  public void close() throws IOException {
    for (var jar : jars.values()) {
      jar.close();
    }
  }
}
