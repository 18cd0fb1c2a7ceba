package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansTest {
  @TempDir private Path directory;
  private Process child;

  @BeforeEach
  void start_a_harmless_child() throws IOException {
    // A build in the background of a shell ignores the interrupt, and so would its children.
    child = new ProcessBuilder("env", "--default-signal=INT", "sleep", "321").start();
    // It is env at first, which may have been made to ignore the signal.
    await().until(() -> child.info().arguments().filter(given -> given.length == 1).isPresent());
  }

  @AfterEach
  void end_the_child() {
    child.destroyForcibly().onExit().join();
  }

  @Test
  void an_orphan_gets_the_signal_that_it_ends_on() throws InterruptedException {
    new Orphan("child", child.toHandle(), Signal.INT).end().join();

    assertThat(child.waitFor(1, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(128 + 2);
  }

  @Test
  void an_orphan_that_is_gone_is_no_error() {
    var orphan = new Orphan("child", child.toHandle(), Signal.TERM);
    child.destroyForcibly().onExit().join();

    assertThat(orphan.end()).succeedsWithin(1, TimeUnit.SECONDS);
  }

  @Test
  void where_nothing_is_left_nothing_is_ended() {
    assertThat(Orphans.end(directory)).isEmpty();
    assertThat(child.isAlive()).isTrue();
  }
}
