package dev.orderflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.standalone.platform.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderflowTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @Test
  void an_unknown_option_is_named_with_the_remedy() {
    assertThat(run("up", "--gatway-port", "1")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--gatway-port")
        .contains("--gateway-port")
        .contains("./orderflow up --help");
  }

  @Test
  void an_option_that_is_no_number_is_named() {
    assertThat(run("up", "--command-side", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("--command-side").contains("many");
  }

  @Test
  void an_option_out_of_range_is_named_with_the_range() {
    assertThat(run("up", "--saga", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--saga must be between 1 and 16, not 0.");
    assertThat(run("up", "--gateway-port", "70000")).isEqualTo(2);
    assertThat(err.toString()).contains("--gateway-port must be between 0 and 65535");
  }

  @Test
  void a_missing_command_is_told() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("A command is missing").contains("./orderflow --help");
  }

  @Test
  void help_goes_to_standard_output() {
    assertThat(run("up", "--help")).isZero();
    assertThat(out.toString())
        .contains("--data-dir")
        .contains("--gateway-port")
        .contains("--command-side")
        .contains("--query-side")
        .contains("--saga")
        .contains("--no-demo-data")
        .contains("--no-demo-mode");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void a_reset_without_data_says_so() {
    assertThat(run("reset", "--data-dir", directory.resolve("none").toString())).isZero();
    assertThat(out.toString()).contains("There is no data in " + directory.resolve("none"));
  }

  @Test
  void a_reset_of_an_empty_directory_has_nothing_to_delete() {
    assertThat(run("reset", "--data-dir", directory.toString())).isZero();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_reset_of_a_directory_that_no_platform_has_used_deletes_nothing() throws IOException {
    var foreign = directory.resolve("myapp");
    for (var name : List.of("postgres", "redis", "kafka", "identity", "mails", "cache", "logs")) {
      Files.writeString(Files.createDirectories(foreign.resolve(name)).resolve("mine"), "x");
    }
    Files.writeString(foreign.resolve("secrets.json"), "{}");

    assertThat(run("reset", "--data-dir", foreign.toString())).isEqualTo(1);

    assertThat(err.toString()).contains(foreign + " is no data directory of Orderflow");
    assertThat(foreign.toFile().list()).hasSize(8);
    assertThat(foreign.resolve("logs/mine")).hasContent("x");
  }

  @Test
  void a_reset_of_a_running_platform_is_refused() throws IOException {
    try (var running = DataDirectory.take(directory)) {
      assertThat(run("reset", "--data-dir", running.root().toString())).isEqualTo(1);
    }
    assertThat(err.toString()).contains("running on " + directory);
  }

  @Test
  void operations_without_data_say_so() {
    var none = directory.resolve("none").toString();
    assertThat(run("rebuild", "product-view", "--data-dir", none)).isEqualTo(1);
    assertThat(run("republish", "--data-dir", none)).isEqualTo(1);
    assertThat(run("audit", "--data-dir", none)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.contains("no data in"));
  }

  @Test
  void an_operation_beside_a_platform_that_is_not_ready_is_refused() throws IOException {
    try (var starting = DataDirectory.take(directory)) {
      assertThat(run("republish", "--data-dir", starting.root().toString())).isEqualTo(1);
    }
    assertThat(err.toString()).contains("Orderflow is starting or stopping in " + directory);
  }

  @Test
  void a_rebuild_without_a_name_is_wrong_usage() {
    assertThat(run("rebuild")).isEqualTo(2);
    assertThat(err.toString()).contains("NAME");
  }

  private int run(String... arguments) {
    return Orderflow.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
