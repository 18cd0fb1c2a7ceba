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
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** As a process of this machine. */
final class RedisProcess implements TestRedis {
  private static final String PROGRAM = "/redis-server-6.2.6-v5-linux-amd64";

  private final Path directory;
  private final Path program;
  private final int port;
  private final @Nullable Path configuration;
  private final List<String> settings;
  private Process process;

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
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    start();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    var command = new ArrayList<String>();
    command.add(program.toString());
    if (configuration != null) {
      command.add(configuration.toString());
    }
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
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
