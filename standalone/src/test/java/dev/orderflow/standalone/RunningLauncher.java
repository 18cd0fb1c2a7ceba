package dev.orderflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The launcher as a process of its own, as the script starts it. */
record RunningLauncher(Process process, Path output) implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);

  static RunningLauncher start(Path project, Map<String, String> environment, String... arguments)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Dorderflow.home=" + project,
                Orderflow.class.getName()));
    command.addAll(List.of(arguments));
    var output = Files.createTempFile(project, "launcher", ".out");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("XDG_CACHE_HOME", project.resolve("cache").toString());
    builder.environment().putAll(environment);
    return new RunningLauncher(builder.start(), output);
  }

  RunningLauncher awaitReady() {
    await()
        .atMost(READY_WITHIN)
        .until(() -> !process.isAlive() || text().contains("Orderflow is ready"));
    if (!process.isAlive()) {
      throw new AssertionError("The launcher ended:\n" + text());
    }
    return this;
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("The launcher does not end:\n" + text());
    }
    return process.exitValue();
  }

  void assertRefused(String reason) throws InterruptedException {
    assertThat(exitCode()).isEqualTo(1);
    assertThat(text()).contains(reason);
  }

  String text() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      return "";
    }
  }

  static JsonNode cluster(Path data) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(data.resolve("cluster.json")));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 40, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
