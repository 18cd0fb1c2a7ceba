package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.standalone.process.Ledger.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrphansTest {
  private Process child;
  private Instant started;

  @BeforeEach
  void start_a_harmless_child() throws IOException {
    // A build in the background of a shell ignores the interrupt, and so would its children.
    child = new ProcessBuilder("env", "--default-signal=INT", "sleep", "321").start();
    started = child.info().startInstant().orElseThrow();
  }

  @AfterEach
  void end_the_child() {
    child.destroyForcibly().onExit().join();
  }

  @Test
  void a_child_of_the_earlier_run_is_ended() {
    var entry = entry(started, "sleep 321", StopSignal.TERM);

    assertThat(Orphans.end(List.of(entry))).containsExactly("child");
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void a_child_that_wants_another_signal_gets_it() {
    var entry = entry(started, "sleep 321", StopSignal.INT);

    Orphans.end(List.of(entry));

    assertThat(child.exitValue()).isEqualTo(128 + 2);
  }

  @Test
  void a_process_that_was_started_at_another_time_is_left_alone() {
    var entry = entry(started.minusSeconds(60), "sleep 321", StopSignal.TERM);

    assertThat(Orphans.end(List.of(entry))).isEmpty();
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void a_process_with_another_command_line_is_left_alone() {
    var entry = entry(started, "sleep 123", StopSignal.TERM);

    assertThat(Orphans.end(List.of(entry))).isEmpty();
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void a_process_that_is_gone_is_no_error() {
    child.destroyForcibly().onExit().join();

    assertThat(Orphans.end(List.of(entry(started, "sleep 321", StopSignal.TERM)))).isEmpty();
  }

  private Entry entry(Instant at, String marker, StopSignal signal) {
    return new Entry("child", child.pid(), at, marker, signal);
  }
}
