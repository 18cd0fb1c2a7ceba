package dev.orderflow.queryside.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** As a process of this machine. */
final class RedisProcess implements TestRedis {
  private static final String PROGRAM = "/redis-server-6.2.6-v5-linux-amd64";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Path directory;
  private final Path program;
  private final @Nullable Path configuration;
  private final List<String> settings;
  private volatile int port;
  private volatile Process process;

  /**
   * @param settings as on its command line
   */
  RedisProcess(List<String> settings) {
    this(null, settings);
  }

  /**
   * @param configuration the text of its file, which Sentinel cannot do without
   */
  RedisProcess(@Nullable String configuration, List<String> settings) {
    this.settings = settings;
    try {
      directory = Files.createTempDirectory("redis");
      program =
          Files.createFile(
              directory.resolve("redis-server"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (var in = Objects.requireNonNull(RedisProcess.class.getResourceAsStream(PROGRAM));
          var out = Files.newOutputStream(program)) {
        in.transferTo(out);
      }
      this.configuration =
          configuration == null
              ? null
              : Files.writeString(directory.resolve("redis.conf"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    await().atMost(LIMIT).until(() -> startAt(freePort()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public int port() {
    return port;
  }

  /** As often as it takes: a connection of somebody else may have its port for a moment. */
  @Override
  public void start() {
    await().atMost(LIMIT).until(() -> startAt(port));
  }

  /** Returns when it listens; false when somebody else does there. */
  private boolean startAt(int port) throws InterruptedException {
    this.port = port;
    process = launch();
    while (process.isAlive()) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        // One that finds its port taken ends soon.
        return !process.waitFor(100, TimeUnit.MILLISECONDS);
      } catch (IOException _) {
        Thread.sleep(10);
      }
    }
    return false;
  }

  private Process launch() {
    var command = new ArrayList<String>();
    command.add(program.toString());
    if (configuration != null) {
      command.add(configuration.toString());
    }
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
    command.addAll(settings);
    try {
      return new ProcessBuilder(command)
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void hang() {
    signal("STOP");
  }

  @Override
  public void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
    FileSystemUtils.deleteRecursively(directory.toFile());
  }
}
