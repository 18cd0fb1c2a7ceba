package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedProcessTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration LIFE_INTERVAL = Duration.ofMillis(200);

  /** One missing answer is as long. */
  private static final Duration SHORT_PATIENCE = Duration.ofMillis(100);

  /** A healthy one is sooner, on a busy machine too. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(3);

  private final Recorder events = new Recorder();
  private final Poll poll = new Poll();
  @TempDir private Path directory;
  private SupervisedProcess process;

  @AfterEach
  void stop_what_runs() {
    process.stop().join();
    poll.close();
  }

  @Test
  void a_process_that_runs_and_is_ready_is_reported_so() {
    supervise("exec sleep 300");

    process.start().join();

    assertThat(events.lives).singleElement().matches(ProcessHandle::isAlive);
    await().until(() -> events.ready.equals(List.of(false)));
  }

  @Test
  void a_process_that_ends_before_it_is_ready_fails_the_start_and_its_last_words_are_told() {
    process =
        new SupervisedProcess(
            notReady("echo $GREETING, I am broken; exit 3"), poll, events, PATIENCE);

    assertThatThrownBy(() -> process.start().join())
        .hasCauseInstanceOf(StartFailedException.class)
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("hello, I am broken")
        .hasMessageContaining("child.log");
    assertThat(events.deaths).isEmpty();
  }

  @Test
  void a_program_that_does_not_exist_fails_the_start() {
    process = new SupervisedProcess(notReady("exec /no/such/program"), poll, events, PATIENCE);

    assertThatThrownBy(() -> process.start().join()).hasMessageContaining("/no/such/program");
  }

  @Test
  void the_log_stays_small_while_the_process_runs() {
    supervise("yes a line | head -c 30000000; while true; do echo alive; sleep 0.1; done");
    process.start().join();

    var log = process.spec().log().path();
    await()
        .untilAsserted(() -> {
          assertThat(log.resolveSibling(log.getFileName() + ".1")).exists();
          // What was written after the last rotation may be as much as does not call for another.
          assertThat(log.toFile().length()).isLessThan(11_000_000);
          assertThat(new LogFile(log).tail(1)).containsExactly("alive");
        });
    assertThat(events.deaths).isEmpty();
  }

  @Test
  void a_killed_process_is_started_again() {
    supervise("exec sleep 300");
    process.start().join();

    events.lives.getFirst().destroyForcibly();

    await().until(() -> events.ready.equals(List.of(false, true)));
    assertThat(events.lives).hasSize(2);
    assertThat(events.deaths).containsExactly("ended with exit code 137");
  }

  @Test
  void a_process_that_may_not_be_started_waits_until_it_may() {
    var may = new AtomicBoolean(true);
    var asked = new AtomicInteger();
    killWhileItMayNotBeStarted(may, asked);

    await().until(() -> asked.get() > 2);
    assertThat(events.lives).hasSize(1);
    assertThat(events.held).hasValue(1);
    may.set(true);
    await().until(() -> events.ready.equals(List.of(false, true)));
    assertThat(events.deaths).as("said to be started again").isEmpty();
  }

  @Test
  void a_process_that_waits_is_not_started_after_the_stop() {
    var may = new AtomicBoolean(true);
    var asked = new AtomicInteger();
    killWhileItMayNotBeStarted(may, asked);
    await().until(() -> events.held.get() == 1);

    process.stop().join();
    may.set(true);

    var before = asked.get();
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(() -> events.lives.size() == 1);
    assertThat(asked).hasValue(before);
  }

  @Test
  void a_process_that_cannot_be_prepared_again_is_tried_until_it_can() {
    var healthy = Specs.shell("child", directory, "exec sleep 300");
    process = new SupervisedProcess(failingOnItsSecondStart(healthy), poll, events, PATIENCE);
    process.start().join();

    events.lives.getFirst().destroyForcibly();

    await().until(() -> events.ready.equals(List.of(false, true)));
    assertThat(events.deaths).hasSize(2).last().asString().contains("disk full");
  }

  @Test
  void a_process_that_hangs_after_its_restart_is_reported_and_replaced() {
    var spec = Specs.shell("child", directory, "exec sleep 300");
    process =
        new SupervisedProcess(
            with(spec, ProcessSpec.Preparation.NONE, () -> events.lives.size() != 2),
            poll,
            events,
            LIFE_INTERVAL,
            PATIENCE,
            READY_WITHIN);
    process.start().join();

    events.lives.getFirst().destroyForcibly();

    await().until(() -> events.ready.equals(List.of(false, true)));
    assertThat(events.lives).hasSize(3);
    assertThat(events.lives.get(1).isAlive()).isFalse();
    assertThat(events.deaths).hasSize(2).last().asString().contains("was not ready within");
  }

  @Test
  void a_process_that_runs_but_does_not_answer_any_more_is_replaced() {
    var script = "trap 'echo signalled' QUIT; while :; do sleep 0.1; done";
    var spec = Specs.shell("child", directory, script);
    startAndAsk(
        spec,
        () -> {
          if (events.lives.size() == 1) {
            throw new IOException("silent");
          }
          return true;
        });

    await().atMost(Duration.ofSeconds(30)).until(() -> events.ready.equals(List.of(false, true)));
    assertThat(events.lives).hasSize(2);
    assertThat(events.lives.getFirst().isAlive()).isFalse();
    assertThat(events.deaths).singleElement().asString().contains("did not answer");
    assertThat(spec.log().tail(1)).as("the signal that ends what is no JVM").isEmpty();
  }

  @Test
  void the_log_of_a_jvm_that_hangs_tells_what_its_threads_were_doing() throws IOException {
    var program = directory.resolve("Hang.java");
    Files.writeString(
        program,
        """
        void main() throws InterruptedException {
          System.out.println("up");
          waitForWhatNeverComes();
        }

        void waitForWhatNeverComes() throws InterruptedException {
          Thread.currentThread().join();
        }
        """);
    var spec = Specs.java("child", directory, program);
    startAndAsk(spec, () -> events.lives.size() > 1 || !spec.log().tail(1).contains("up"));

    await().atMost(Duration.ofSeconds(30)).until(() -> events.ready.equals(List.of(false, true)));
    assertThat(spec.log().path()).content().contains("waitForWhatNeverComes");
  }

  @Test
  void a_process_that_answers_now_and_then_is_left_alone() {
    var spec = Specs.shell("child", directory, "exec sleep 300");
    var asked = new AtomicInteger();
    // Two answers in a row are missing, and then one comes.
    startAndAsk(spec, () -> asked.incrementAndGet() % 3 == 0);

    await().atMost(Duration.ofSeconds(30)).until(() -> asked.get() >= 7);
    assertThat(events.deaths).isEmpty();
    assertThat(events.lives).hasSize(1);
  }

  @Test
  void the_preparation_of_a_first_start_can_write_to_the_log() {
    var log = new LogFile(directory.resolve("logs").resolve("child.log"));
    var spec = Specs.shell("child", directory, "exec sleep 300", log);
    process =
        new SupervisedProcess(
            with(spec, () -> Files.writeString(log.path(), "prepared\n"), spec.readiness()),
            poll,
            events,
            PATIENCE);

    process.start().join();

    assertThat(log.tail(1)).containsExactly("prepared");
  }

  @Test
  void a_stopped_process_stays_away() {
    supervise("exec sleep 300");
    process.start().join();

    process.stop().join();

    assertThat(events.lives).singleElement().matches(life -> !life.isAlive());
    await()
        .during(Duration.ofMillis(400))
        .atMost(Duration.ofSeconds(2))
        .until(() -> events.lives.size() == 1);
  }

  @Test
  void a_process_that_does_not_want_to_stop_is_killed() {
    supervise("trap '' TERM; echo deaf; while :; do sleep 1; done");
    process.start().join();
    await().until(() -> process.spec().log().tail(1).equals(List.of("deaf")));

    process.stop().join();

    assertThat(events.lives).singleElement().matches(life -> !life.isAlive());
  }

  @Test
  void a_child_does_not_share_the_terminals_process_group() {
    supervise("ps -o sid= -p $$; exec sleep 300");
    process.start().join();

    var pid = Long.toString(events.lives.getFirst().pid());
    await()
        .until(() ->
            process.spec().log().tail(1).stream().map(String::strip).toList().equals(List.of(pid)));
  }

  private void killWhileItMayNotBeStarted(AtomicBoolean may, AtomicInteger asked) {
    var spec = Specs.shell("child", directory, "exec sleep 300");
    process =
        new SupervisedProcess(
            with(
                spec,
                () -> {
                  asked.incrementAndGet();
                  return may.get();
                },
                spec.beforeStart(),
                spec.readiness(),
                spec.liveness()),
            poll,
            events,
            PATIENCE);
    process.start().join();
    may.set(false);
    events.lives.getFirst().destroyForcibly();
  }

  private void supervise(String script) {
    process =
        new SupervisedProcess(Specs.shell("child", directory, script), poll, events, PATIENCE);
  }

  /** Starts a process that is soon ended when it does not answer. */
  private void startAndAsk(ProcessSpec spec, Poll.Question liveness) {
    process =
        new SupervisedProcess(
            with(spec, spec.mayStart(), spec.beforeStart(), spec.readiness(), liveness),
            poll,
            events,
            LIFE_INTERVAL,
            SHORT_PATIENCE,
            Duration.ofSeconds(30));
    process.start().join();
  }

  private ProcessSpec notReady(String script) {
    return with(Specs.shell("child", directory, script), ProcessSpec.Preparation.NONE, () -> false);
  }

  private static ProcessSpec failingOnItsSecondStart(ProcessSpec spec) {
    var starts = new int[1];
    return with(
        spec,
        () -> {
          if (++starts[0] == 2) {
            throw new IOException("disk full");
          }
        },
        spec.readiness());
  }

  private static ProcessSpec with(
      ProcessSpec spec,
      BooleanSupplier mayStart,
      ProcessSpec.Preparation preparation,
      Poll.Question readiness,
      Poll.Question liveness) {
    return new ProcessSpec(
        spec.name(),
        spec.title(),
        spec.address(),
        spec.command(),
        spec.environment(),
        spec.workingDirectory(),
        spec.log(),
        spec.stopSignal(),
        spec.stopWithin(),
        mayStart,
        preparation,
        readiness,
        liveness);
  }

  private static ProcessSpec with(
      ProcessSpec spec, ProcessSpec.Preparation preparation, Poll.Question readiness) {
    return with(spec, spec.mayStart(), preparation, readiness, spec.liveness());
  }

  private static final class Recorder implements ProcessEvents {
    private final List<ProcessHandle> lives = new CopyOnWriteArrayList<>();
    private final List<Boolean> ready = new CopyOnWriteArrayList<>();
    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();

    @Override
    public void held(ProcessSpec spec) {
      held.incrementAndGet();
    }

    @Override
    public void started(ProcessSpec spec, ProcessHandle process) {
      lives.add(process);
    }

    @Override
    public void ready(ProcessSpec spec, Duration took, boolean again) {
      ready.add(again);
    }

    @Override
    public void died(ProcessSpec spec, String cause, Duration delay) {
      deaths.add(cause);
    }
  }
}
