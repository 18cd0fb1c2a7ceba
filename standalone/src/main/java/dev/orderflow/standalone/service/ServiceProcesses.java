package dev.orderflow.standalone.service;

import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.infrastructure.ClassArchive;
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
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the processes of services out of their jars. */
public final class ServiceProcesses {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /** Long enough for a busy machine. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private static final int OK = 200;

  private final Path project;
  private final Path data;
  private final BinaryCache cache;
  private final ServiceEnvironment environment;
  private final HttpClient http;
  private final Map<String, AotCache> prepared = new ConcurrentHashMap<>();

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
   * Makes the later starts of a service's JVMs quick, if that has not been done.
   *
   * @return whether there was anything to do
   */
  public boolean prepare(String service) {
    var jar = ServiceJar.of(project, service);
    // A launcher that is started beside another one waits for what that one makes.
    try (var _ = cache.turn(service)) {
      var learned = new AotCache(jar, new ClassArchive(cache, service, jar.toString()).file());
      prepared.put(service, learned);
      return learned.make(
          Jvm.options(service), environment.of(new ServiceInstance(service, 1, 0, 0)));
    } catch (IOException failure) {
      throw new StartFailedException(
          "The %s could not be prepared: %s".formatted(service, failure.getMessage()), failure);
    }
  }

  /** One instance, of a service that is prepared, as a process. */
  public ProcessSpec spec(ServiceInstance instance, LogFile log) {
    var service = instance.service();
    var learned = Objects.requireNonNull(prepared.get(service));
    var command = new ArrayList<String>();
    command.add(JavaProcess.program());
    command.add(JavaProcess.marker(data.resolve(instance.name())));
    command.addAll(learned.options());
    command.addAll(Jvm.options(service));
    command.add("-jar");
    command.add(learned.jar().toString());
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
        () -> isOk(instance, "readiness"),
        () -> isOk(instance, "liveness"));
  }

  private boolean isOk(ServiceInstance instance, String health)
      throws IOException, InterruptedException {
    var question =
        HttpRequest.newBuilder(URI.create(instance.management() + "/actuator/health/" + health))
            .timeout(ANSWER_WITHIN)
            .build();
    return http.send(question, BodyHandlers.discarding()).statusCode() == OK;
  }
}
