package dev.orderflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.standalone.service.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The launcher from outside: real servers, services that only pretend. */
class LauncherIT {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(30);

  @TempDir private static Path project;
  @TempDir private Path directory;
  private Path data;

  @BeforeAll
  static void build_the_project() throws IOException {
    project = FakeProject.in(project.toRealPath());
  }

  @BeforeEach
  void choose_a_data_directory() throws IOException {
    data = directory.toRealPath().resolve("data");
  }

  @Test
  void the_platform_comes_up_heals_and_stops_and_comes_up_again()
      throws IOException, InterruptedException {
    JsonNode first;
    var operators = Map.of("ORDERFLOW_SAGA_PAYMENT_DEADLINE", "10s");
    try (var up = up(operators, "--command-side", "2").awaitReady()) {
      first = RunningLauncher.cluster(data);
      assertThat(up.text().lines().filter(line -> line.startsWith("Orderflow is ready")))
          .hasSize(1);
      assertThat(up.text()).contains("demo catalog").contains("curl");
      assertThat(first.at("/services").valueStream().map(one -> one.get("name").asString()))
          .containsExactly("command-side", "command-side", "query-side", "saga");
      assertThat(pids(first)).hasSize(8).allMatch(LauncherIT::isAlive);

      for (var service : first.get("services")) {
        assertThat(commandLine(service)).contains("-XX:AOTCache=");
        assertThat(answerOf(service, "/environment"))
            .contains("ORDERFLOW_SAGA_PAYMENT_DEADLINE=10s");
        assertThat(answerOf(service, "/askers"))
            .as("from an address of its own")
            .isEqualTo("127.0.0.2");
      }

      up().assertRefused("Orderflow is running on " + data);
      assertThat(pids(first)).allMatch(LauncherIT::isAlive);

      assertRebuilds();

      killAllAndAwaitHealing(first);

      var healed = RunningLauncher.cluster(data);
      assertThat(addresses(healed)).isEqualTo(addresses(first));
      up.process().destroy();
      assertThat(up.exitCode()).isZero();
      assertThat(pids(healed)).noneMatch(LauncherIT::isAlive);
      assertThat(data.resolve("cluster.json")).doesNotExist();
    }
    assertRebuilds();
    assertThat(data.resolve("cluster.json")).doesNotExist();
    try (var again = up().awaitReady()) {
      assertThat(again.text())
          .doesNotContain("prepared")
          .doesNotContain("demo catalog")
          .doesNotContain("earlier run");
    }
  }

  @Test
  void launchers_that_start_side_by_side_prepare_each_service_once() throws IOException {
    var built = FakeProject.in(Files.createDirectory(directory.toRealPath().resolve("built")));
    var cache = Map.of("XDG_CACHE_HOME", project.resolve("cache").toString());
    try (var one = RunningLauncher.start(built, cache, up(data.resolveSibling("one")));
        var other = RunningLauncher.start(built, cache, up(data.resolveSibling("other")))) {
      var texts = one.awaitReady().text() + other.awaitReady().text();

      assertThat(texts.lines().filter(line -> line.contains("prepared")))
          .hasSize(Services.ALL.size());
      for (var started : List.of("one", "other")) {
        var services = RunningLauncher.cluster(data.resolveSibling(started)).get("services");
        assertThat(services)
            .allSatisfy(service -> assertThat(commandLine(service)).contains("-XX:AOTCache="));
      }
    }
  }

  private static String[] up(Path data) {
    return new String[] {
      "up", "--data-dir", data.toString(), "--gateway-port", "0", "--no-demo-data"
    };
  }

  /** The command finds the platform that runs, or starts it for itself. */
  private void assertRebuilds() throws IOException, InterruptedException {
    try (var rebuild =
        launcher(Map.of(), "rebuild", "product-view", "--data-dir", data.toString())) {
      assertThat(rebuild.exitCode()).as(rebuild.text()).isZero();
      assertThat(rebuild.text()).contains("product-view is rebuilt: generation 2 serves.");
    }
  }

  @Test
  void what_a_killed_launcher_has_left_is_ended_by_the_next_one_and_by_a_reset()
      throws IOException, InterruptedException {
    var killed = up("--no-demo-data").awaitReady();
    var orphans = pids(RunningLauncher.cluster(data));
    killed.process().destroyForcibly().onExit().join();
    assertThat(orphans).allMatch(LauncherIT::isAlive);

    var second = up("--no-demo-data").awaitReady();
    assertThat(second.text().lines())
        .filteredOn(line -> line.contains("Ended what an earlier run has left: "))
        .singleElement()
        .satisfies(line ->
            assertThat(line.substring(line.indexOf(": ") + 2).split(", "))
                .contains("kafka", "postgres")
                .doesNotHaveDuplicates());
    assertThat(orphans).noneMatch(LauncherIT::isAlive);

    orphans = pids(RunningLauncher.cluster(data));
    second.process().destroyForcibly().onExit().join();
    var reset = launcher(Map.of(), "reset", "--data-dir", data.toString());
    assertThat(reset.exitCode()).isZero();
    assertThat(orphans).noneMatch(LauncherIT::isAlive);
    assertThat(data).doesNotExist();
  }

  @Test
  void a_service_that_cannot_start_ends_everything_and_its_last_words_are_shown()
      throws IOException, InterruptedException {
    try (var up = up(Map.of("FAKE_SERVICE_FAILS", "saga"))) {
      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(up.text())
          .contains("This service was told to fail")
          .contains(data.resolve("logs").toString())
          .doesNotContain("Orderflow is ready");
      assertNothingRuns();
    }
  }

  @Test
  void a_stop_while_a_failed_start_is_cleaned_up_waits_for_it_and_hides_nothing()
      throws IOException, InterruptedException {
    try (var up = up(Map.of("FAKE_SERVICE_FAILS", "saga"))) {
      await()
          .atMost(READY_WITHIN)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> up.text().contains("This service was told to fail"));
      up.process().destroy();

      assertThat(up.exitCode()).isEqualTo(1);
      assertNothingRuns();
    }
  }

  @Test
  void a_failure_in_the_last_step_of_the_start_ends_everything_and_is_told()
      throws IOException, InterruptedException {
    Files.createDirectory(data);
    Files.createSymbolicLink(
        data.resolve("demo-catalog-loaded"), project.resolve("no-such-directory/file"));
    try (var up = up()) {
      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(up.text()).contains("demo-catalog-loaded").doesNotContain("Orderflow is ready");
      assertNothingRuns();
    }
  }

  @Test
  void a_launcher_that_is_killed_while_it_makes_the_database_leaves_nothing_that_a_reset_misses()
      throws IOException, InterruptedException {
    var killed = up("--no-demo-data");
    await()
        .atMost(HEALED_WITHIN)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> processes().anyMatch(line -> line.contains("initdb -D " + data)));
    killed.process().destroyForcibly().onExit().join();

    assertThat(launcher(Map.of(), "reset", "--data-dir", data.toString()).exitCode()).isZero();

    assertThat(data).doesNotExist();
    assertNothingRuns();
  }

  @Test
  void a_stop_while_it_starts_leaves_nothing_behind() throws IOException, InterruptedException {
    try (var up = up()) {
      await()
          .atMost(HEALED_WITHIN)
          .until(
              () -> processes().anyMatch(line -> line.contains(data.resolve("kafka").toString())));
      up.process().destroy();

      assertThat(up.exitCode()).isZero();
      assertThat(up.text()).doesNotContain("died").endsWith("Orderflow has stopped\n");
      assertNothingRuns();
    }
  }

  private void assertNothingRuns() {
    assertThat(processes()).noneMatch(line -> line.contains(data.toString()));
  }

  private static Stream<String> processes() {
    return ProcessHandle.allProcesses().map(LauncherIT::commandLine);
  }

  private static String answerOf(JsonNode service, String path)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(service.get("http").asString() + path));
      return http.send(request.build(), BodyHandlers.ofString()).body();
    }
  }

  private RunningLauncher up(String... options) throws IOException {
    return up(Map.of(), options);
  }

  private RunningLauncher up(Map<String, String> environment, String... options)
      throws IOException {
    var arguments =
        Stream.concat(
            Stream.of("up", "--data-dir", data.toString(), "--gateway-port", "0"),
            Stream.of(options));
    return launcher(environment, arguments.toArray(String[]::new));
  }

  private RunningLauncher launcher(Map<String, String> environment, String... arguments)
      throws IOException {
    return RunningLauncher.start(project, environment, arguments);
  }

  private void killAllAndAwaitHealing(JsonNode cluster) {
    var dead = pids(cluster);
    dead.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    await()
        .atMost(HEALED_WITHIN)
        .ignoreExceptions()
        .until(() -> {
          var now = pids(RunningLauncher.cluster(data));
          return now.stream().noneMatch(dead::contains)
              && now.stream().allMatch(LauncherIT::isAlive);
        });
  }

  private static List<Long> pids(JsonNode cluster) {
    return cluster.findValues("pid").stream().map(JsonNode::asLong).toList();
  }

  private static List<String> addresses(JsonNode cluster) {
    return Stream.of("url", "http", "grpc", "jdbcUrl", "port", "bootstrapServers")
        .flatMap(field -> cluster.findValues(field).stream())
        .map(JsonNode::asString)
        .toList();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static String commandLine(JsonNode service) {
    return commandLine(ProcessHandle.of(service.get("pid").asLong()).orElseThrow());
  }

  private static String commandLine(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }
}
