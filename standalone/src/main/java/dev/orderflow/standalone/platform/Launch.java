package dev.orderflow.standalone.platform;

import dev.orderflow.standalone.client.GatewayClient;
import dev.orderflow.standalone.identity.Identity;
import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.infrastructure.Infrastructure;
import dev.orderflow.standalone.infrastructure.Kafka;
import dev.orderflow.standalone.infrastructure.Postgres;
import dev.orderflow.standalone.infrastructure.Programs;
import dev.orderflow.standalone.infrastructure.Redis;
import dev.orderflow.standalone.process.FreePorts;
import dev.orderflow.standalone.process.Poll;
import dev.orderflow.standalone.process.RestartPatience;
import dev.orderflow.standalone.process.StartFailedException;
import dev.orderflow.standalone.service.Endpoints;
import dev.orderflow.standalone.service.ServiceEnvironment;
import dev.orderflow.standalone.service.ServiceProcesses;
import dev.orderflow.standalone.service.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * One life of a platform: put together, started, used, and stopped when the use is over or the
 * launcher is told to end.
 */
public final class Launch {
  /**
   * Liveness is asked from an address of its own: a client that holds all connections of its
   * address does not keep the answer from coming.
   */
  private static final String OWN_ADDRESS = "127.0.0.2";

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
  private static final int FAILED = 1;

  private final Path project;
  private final Console console;

  public Launch(Path project, Console console) {
    this.project = project;
    this.console = console;
  }

  /**
   * What a platform has for those who look around.
   *
   * @param data the demo catalog
   * @param mode what staff can do to disturb it
   */
  public record Demo(boolean data, boolean mode) {
    private static final Demo NONE = new Demo(false, false);
  }

  /** What a platform that is ready is used for. */
  @FunctionalInterface
  private interface Use {
    /** Returns the exit code when it is over. */
    int of(Readiness opening, Endpoints endpoints, Path data)
        throws IOException, InterruptedException;
  }

  /**
   * Returns only when the platform could not be started and everything has stopped again; otherwise
   * a signal ends this process.
   *
   * @return the exit code
   * @throws StartFailedException when it could not even be tried
   */
  public int run(Path directory, Endpoints.Wanted wanted, Demo demo)
      throws IOException, InterruptedException {
    var begin = System.nanoTime();
    return live(
        directory,
        wanted,
        demo,
        (opening, endpoints, data) -> {
          opening.announce(endpoints, data, Duration.ofNanos(System.nanoTime() - begin), console);
          new CountDownLatch(1).await();
          return 0;
        });
  }

  /**
   * Starts the platform without demo data for some work, and stops it afterwards.
   *
   * @return the work's exit code, or that of a start that failed
   * @throws StartFailedException when it could not even be tried
   */
  public int during(Path directory, Endpoints.Wanted wanted, RunningPlatform.Work work)
      throws IOException, InterruptedException {
    return live(
        directory,
        wanted,
        Demo.NONE,
        (opening, endpoints, data) -> work.on(RunningPlatform.in(data)));
  }

  private int live(Path directory, Endpoints.Wanted wanted, Demo demo, Use use)
      throws IOException, InterruptedException {
    try (var data = DataDirectory.take(directory);
        var poll = new Poll();
        var http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .localAddress(InetAddress.ofLiteral(OWN_ADDRESS))
                .build()) {
      console.say("Orderflow starts in " + data.root());
      OrphanCleanup.end(data, console);
      var endpoints = Endpoints.choose(wanted, FreePorts.ofThisMachine());
      var secrets = Secrets.in(data.secretsFile());
      var clusterFile = new ClusterFile(data.clusterFile(), endpoints, secrets);
      var platform = assemble(data, endpoints, demo, secrets, clusterFile, poll, http);
      var ending = new Shutdown(platform, console);
      var hook = new Thread(ending::signalled, "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        platform.start().join();
        var opening =
            new Readiness(new GatewayClient(endpoints.gatewayUrl(), http), poll, data.demoMarker());
        opening.await(demo.data(), console);
        clusterFile.publish();
        var exitCode = use.of(opening, endpoints, data.root());
        platform.close();
        forget(hook);
        return exitCode;
      } catch (IOException | RuntimeException failure) {
        ending.failed(failure);
        return FAILED;
      }
    }
  }

  /** What was to be done at a signal has been done, or is being done. */
  public static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // It runs.
    }
  }

  private PlatformProcesses assemble(
      DataDirectory data,
      Endpoints endpoints,
      Demo demo,
      Secrets secrets,
      ClusterFile clusterFile,
      Poll poll,
      HttpClient http)
      throws IOException {
    var cache = BinaryCache.ofUser(data.cache());
    var programs = new Programs(cache);
    var postgres =
        new Postgres(
            data.postgres(),
            endpoints.postgres(),
            endpoints.databaseConnections(),
            programs,
            secrets);
    var infrastructure =
        new Infrastructure(
            postgres,
            new Redis(data.redis(), endpoints.redis(), programs),
            new Kafka(
                data.kafka(),
                endpoints.kafka(),
                endpoints.kafkaController(),
                programs.brokerArchive()));
    var identity = Identity.in(data.identity(), secrets, Services.WITH_DATA);
    var environment =
        new ServiceEnvironment(
            endpoints, identity, secrets, data.mails(), data.emptyStopped(), demo.mode());
    var services = new ServiceProcesses(project, data.root(), cache, environment, http);
    return new PlatformProcesses(
        endpoints,
        infrastructure,
        services,
        data::log,
        clusterFile,
        poll,
        console,
        RestartPatience.of(System.getenv(RestartPatience.VARIABLE)));
  }
}
