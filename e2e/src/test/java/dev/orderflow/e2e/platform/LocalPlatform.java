package dev.orderflow.e2e.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.shop.ShopClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A platform on this machine, started by {@code ./orderflow up}. */
public final class LocalPlatform implements PlatformUnderTest {
  private static final String READY = "Orderflow is ready";
  private static final Duration READY_WITHIN = Duration.ofMinutes(6);
  private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);

  private final Setup setup;
  private final Path data;
  private final Path console;
  private @Nullable Process launcher;
  private @Nullable ShopClient shop;

  private LocalPlatform(Setup setup) {
    this.setup = setup;
    var home = PROJECT.resolve("e2e/target/platforms");
    this.data = home.resolve(setup.directory());
    this.console = home.resolve(setup.directory() + ".console");
  }

  /** A platform with no data but its setup's; what an earlier run of the tests has left is gone. */
  public static LocalPlatform fresh(Setup setup) {
    var platform = new LocalPlatform(setup);
    try {
      Files.createDirectories(platform.console.getParent());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    var reset = platform.launch("reset", List.of(), platform.console);
    assertThat(exitCode(reset)).as("exit code of reset, see %s", platform.console).isZero();
    setup.data().ifPresent(archive -> EarlierData.unpack(archive, platform.data));
    return platform;
  }

  @Override
  public Setup setup() {
    return setup;
  }

  @Override
  public boolean suits(Setup wanted) {
    return setup == wanted;
  }

  @Override
  public void start() {
    var begin = System.nanoTime();
    var options = new ArrayList<>(List.of("--gateway-port", "0"));
    options.addAll(setup.options());
    var started = launch("up", options, console);
    launcher = started;
    await("the platform is ready, see " + console)
        .atMost(READY_WITHIN)
        .failFast("the launcher ended, see " + console, () -> !started.isAlive())
        .until(() -> says(READY));
    shop = new ShopClient(cluster().gateway().url());
    System.out.printf(
        "%s: ready after %.1f s, %d MiB%n",
        setup,
        Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0,
        Processes.memoryMiB(processes()));
  }

  @Override
  public int stop() {
    var running = launcher;
    if (running == null) {
      return 0;
    }
    running.destroy();
    launcher = null;
    return exitCode(running);
  }

  @Override
  public boolean isRunning() {
    return launcher != null && launcher.isAlive();
  }

  /** Whether the launcher of this life has printed a line that starts so. */
  private boolean says(String line) {
    return console().stream().anyMatch(one -> one.strip().startsWith(line));
  }

  /** What the launcher has printed in this life. */
  private List<String> console() {
    try {
      return Files.readAllLines(console);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Cluster cluster() {
    return Cluster.read(clusterFile());
  }

  /** Exists while the platform is ready. */
  private Path clusterFile() {
    return data.resolve("cluster.json");
  }

  /** Where all data is. */
  public Path data() {
    return data;
  }

  /** The texts of the mails that were written. */
  public List<String> mails() {
    return mailFiles().stream().map(LocalPlatform::text).toList();
  }

  /** The mails that were written. */
  public List<Path> mailFiles() {
    var directory = data.resolve("mails");
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      // What is not finished has another name.
      return files.filter(file -> file.toString().endsWith(".eml")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public ShopClient shop() {
    return Objects.requireNonNull(shop);
  }

  private List<Long> processes() {
    var pids = new ArrayList<>(cluster().pids().values());
    pids.add(Objects.requireNonNull(launcher).pid());
    return pids;
  }

  @Override
  public int run(String command) {
    var output = console.resolveSibling(setup.directory() + "." + command);
    return exitCode(launch(command, List.of(), output));
  }

  private Process launch(String command, List<String> options, Path output) {
    var line = new ArrayList<String>();
    line.add(PROJECT.resolve("orderflow").toString());
    line.add(command);
    line.addAll(List.of("--data-dir", data.toString()));
    line.addAll(options);
    var builder =
        new ProcessBuilder(line)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(setup.environment());
    builder.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home")));
    try {
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int exitCode(Process process) {
    try {
      return process.onExit().get(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS).exitValue();
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      process.destroyForcibly();
      throw new IllegalStateException("the launcher does not end", failure);
    }
  }
}
