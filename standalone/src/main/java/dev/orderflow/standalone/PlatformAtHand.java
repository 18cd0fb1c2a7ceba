package dev.orderflow.standalone;

import dev.orderflow.standalone.operation.NotDoneException;
import dev.orderflow.standalone.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform that an operator's command is about: the one that runs on the data directory, or
 * else one that is started for the command and stopped after it.
 */
final class PlatformAtHand implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final @Nullable Process started;
  private final JsonNode cluster;

  private PlatformAtHand(@Nullable Process started, JsonNode cluster) {
    this.started = started;
    this.cluster = cluster;
  }

  /**
   * Returns when it is ready.
   *
   * @throws NotDoneException when there is no data, or it does not get ready
   */
  static PlatformAtHand on(Path directory, Console console)
      throws IOException, InterruptedException {
    if (!DataDirectory.isOne(directory)) {
      throw new NotDoneException(
          "There is no data in %s. Name the directory with --data-dir.".formatted(directory));
    }
    if (DataDirectory.isInUse(directory)) {
      return new PlatformAtHand(null, ready(directory, null));
    }
    var log = directory.resolve("logs").resolve("launcher.log");
    console.say("Orderflow does not run on %s; it is started for this".formatted(directory));
    var launcher = start(directory, log);
    Runtime.getRuntime().addShutdownHook(new Thread(launcher::destroy, "stop"));
    try {
      return new PlatformAtHand(launcher, ready(directory, launcher));
    } catch (NotDoneException failure) {
      stop(launcher);
      throw new NotDoneException(
          "%s The log may tell why: %s".formatted(failure.getMessage(), log));
    }
  }

  private static Process start(Path directory, Path log) throws IOException {
    Files.createDirectories(log.getParent());
    // What ready() finds is then what this launcher has written.
    Files.deleteIfExists(clusterFile(directory));
    return new ProcessBuilder(
            JavaProcess.program(),
            "-D" + Project.PROPERTY + "=" + Project.directory(),
            "-cp",
            System.getProperty("java.class.path"),
            Orderflow.class.getName(),
            "up",
            "--data-dir",
            directory.toString(),
            "--gateway-port",
            "0",
            "--no-demo-data")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static JsonNode ready(Path directory, @Nullable Process launcher)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!Files.exists(clusterFile(directory))) {
      if (System.nanoTime() > deadline || (launcher != null && !launcher.isAlive())) {
        throw new NotDoneException("The platform on %s does not get ready.".formatted(directory));
      }
      Thread.sleep(PAUSE);
    }
    return JsonMapper.shared().readTree(Files.readString(clusterFile(directory)));
  }

  private static Path clusterFile(Path directory) {
    return directory.resolve(DataDirectory.CLUSTER_FILE);
  }

  /** Where its front door is. */
  String gatewayUrl() {
    return cluster.path("gateway").path("url").asString();
  }

  /** Where its database is. */
  String jdbcUrl() {
    return cluster.path("postgres").path("jdbcUrl").asString();
  }

  /** Stops it if it was started for the command. */
  @Override
  public void close() {
    if (started != null) {
      stop(started);
    }
  }

  private static void stop(Process launcher) {
    launcher.destroy();
    launcher
        .onExit()
        .completeOnTimeout(launcher, STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)
        .join()
        .destroyForcibly();
  }
}
