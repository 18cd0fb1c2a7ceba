package dev.orderflow.standalone;

import dev.orderflow.standalone.demo.FrontDoor;
import dev.orderflow.standalone.identity.Identity;
import dev.orderflow.standalone.identity.Secrets;
import dev.orderflow.standalone.infrastructure.BinaryCache;
import dev.orderflow.standalone.infrastructure.Infrastructure;
import dev.orderflow.standalone.infrastructure.Kafka;
import dev.orderflow.standalone.infrastructure.Postgres;
import dev.orderflow.standalone.infrastructure.PostgresDatabases;
import dev.orderflow.standalone.infrastructure.Programs;
import dev.orderflow.standalone.infrastructure.Redis;
import dev.orderflow.standalone.process.FreePorts;
import dev.orderflow.standalone.process.Ledger;
import dev.orderflow.standalone.process.Poll;
import dev.orderflow.standalone.process.StartFailedException;
import dev.orderflow.standalone.service.Endpoints;
import dev.orderflow.standalone.service.ServiceEnvironment;
import dev.orderflow.standalone.service.ServiceProcesses;
import dev.orderflow.standalone.service.Services;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * One life of a platform: put together, started, announced, and stopped when the launcher is told
 * to end.
 */
final class Launch {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
  private static final int FAILED = 1;

  private final Path project;
  private final Console console;

  Launch(Path project, Console console) {
    this.project = project;
    this.console = console;
  }

  /**
   * Returns only when the platform could not be started and everything has stopped again; otherwise
   * a signal ends this process.
   *
   * @return the exit code
   * @throws StartFailedException when it could not even be tried
   */
  int run(Path directory, Endpoints.Wanted wanted, boolean demoData)
      throws IOException, InterruptedException {
    var begin = System.nanoTime();
    try (var data = DataDirectory.take(directory);
        var poll = new Poll();
        var http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build()) {
      console.say("Orderflow starts in " + data.root());
      EarlierRun.end(data, console);
      var endpoints = Endpoints.choose(wanted, FreePorts.ofThisMachine());
      var secrets = Secrets.in(data.secretsFile());
      var clusterFile = new ClusterFile(data.clusterFile(), endpoints, secrets);
      var platform = assemble(data, endpoints, secrets, clusterFile, poll, http);
      var ending = new Ending(platform, console);
      Runtime.getRuntime().addShutdownHook(new Thread(ending::signalled, "stop"));
      try {
        platform.start().join();
        var opening =
            new Opening(new FrontDoor(endpoints.gatewayUrl(), http), poll, data.demoMarker());
        opening.await(demoData, console);
        clusterFile.publish();
        opening.announce(
            endpoints, data.root(), Duration.ofNanos(System.nanoTime() - begin), console);
      } catch (IOException | RuntimeException failure) {
        ending.failed(failure);
        return FAILED;
      }
      new CountDownLatch(1).await();
      return 0;
    }
  }

  private Platform assemble(
      DataDirectory data,
      Endpoints endpoints,
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
            new PostgresDatabases(postgres, secrets),
            new Redis(data.redis(), endpoints.redis(), programs),
            new Kafka(data.kafka(), endpoints.kafka(), endpoints.kafkaController()));
    var identity = Identity.in(data.identity(), secrets, Services.WITH_DATA);
    var environment = new ServiceEnvironment(endpoints, identity, secrets, data.mails());
    var services = new ServiceProcesses(project, data.root(), cache, environment, http);
    var ledger = new Ledger(data.ledgerFile());
    return new Platform(
        endpoints, infrastructure, services, data::log, ledger, clusterFile, poll, console);
  }
}
