package dev.orderflow.queryside.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.util.FileSystemUtils;

/** A Redis server of its own, that can be made to fail. It keeps nothing unless it is told to. */
public final class TestRedis implements AutoCloseable {
  private static final String PROGRAM = "/redis-server-6.2.6-v5-linux-amd64";
  private static final TestRedis SHARED = new TestRedis();

  private final Path directory;
  private final Path program;
  private final int port;
  private final List<String> settings;
  private Process process;

  /**
   * @param settings as on its command line
   */
  public TestRedis(String... settings) {
    this.settings = List.of(settings);
    try {
      directory = Files.createTempDirectory("redis");
      program =
          Files.createFile(
              directory.resolve("redis-server"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (var in = Objects.requireNonNull(TestRedis.class.getResourceAsStream(PROGRAM));
          var out = Files.newOutputStream(program)) {
        in.transferTo(out);
      }
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    start();
  }

  /** The one that the tests of this JVM share; it stops with it. */
  public static TestRedis shared() {
    return SHARED;
  }

  public int port() {
    return port;
  }

  /** Starts it, empty, at the same port as before. */
  public void start() {
    var command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                ""));
    command.addAll(settings);
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a crash does. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** It keeps its connections, and answers nothing. */
  public void hang() {
    signal("STOP");
  }

  /** It goes on where it was. */
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
