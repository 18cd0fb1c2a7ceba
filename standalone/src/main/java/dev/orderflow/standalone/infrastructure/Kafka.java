package dev.orderflow.standalone.infrastructure;

import dev.orderflow.standalone.process.JavaProcess;
import dev.orderflow.standalone.process.LogFile;
import dev.orderflow.standalone.process.OwnerOnlyFile;
import dev.orderflow.standalone.process.ProcessSpec;
import dev.orderflow.standalone.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The Kafka broker, which is its own controller, in a JVM of its own.
 *
 * @param archive the file where a first broker, when it ends, keeps the classes that it has loaded;
 *     the JVM of each later one maps it and needs about half the processor time until ready
 */
public record Kafka(Path directory, int port, int controllerPort, Path archive) {
  private static final int TIMEOUT_MILLIS = 3_000;

  /**
   * The request that every client begins with and every broker answers, ApiVersions in version 0 of
   * Kafka's protocol: its size, key 18, version 0, correlation id 1, no client id.
   */
  private static final byte[] API_VERSIONS = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};

  /** The broker as a process. */
  public ProcessSpec spec(LogFile log) {
    return new ProcessSpec(
        "kafka",
        "Kafka",
        "127.0.0.1:" + port,
        List.of(
            JavaProcess.program(),
            JavaProcess.marker(directory),
            "-Xms48m",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            // Half the processor time until ready.
            "-XX:TieredStopAtLevel=1",
            // A file that is missing or cut off is made anew.
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds*=off,aot*=off",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dlog4j2.configurationFile=classpath:kafka-log4j2.xml",
            KafkaBroker.class.getName(),
            directory.toString(),
            Integer.toString(port),
            Integer.toString(controllerPort)),
        // Not on the command line, which would be cut where others look at it.
        Map.of("CLASSPATH", System.getProperty("java.class.path")),
        directory,
        log,
        Signal.TERM,
        Duration.ofSeconds(12),
        ProcessSpec.ALWAYS,
        this::prepare,
        () -> Files.exists(KafkaBroker.readyFile(directory)),
        this::answers);
  }

  private boolean answers() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(API_VERSIONS);
      return socket.getInputStream().read() >= 0;
    }
  }

  private void prepare() throws IOException {
    OwnerOnlyFile.directory(directory);
    Files.deleteIfExists(KafkaBroker.readyFile(directory));
  }
}
