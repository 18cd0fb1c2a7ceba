package dev.orderflow.standalone.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One child process over its restarts. Until it has been ready once, its end is a failure of the
 * start; from then on it is started again, with the same command and so on the same ports, until
 * {@link #stop}. One that runs but does not answer any more is ended, and started again, too.
 */
public final class SupervisedProcess {
  private static final Duration READINESS_INTERVAL = Duration.ofMillis(50);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PERMISSION_INTERVAL = Duration.ofMillis(500);
  private static final Duration LIFE_INTERVAL = Duration.ofSeconds(2);
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration THREAD_DUMP_WITHIN = Duration.ofSeconds(2);
  private static final int LINES_OF_LOG = 25;

  private final ProcessSpec spec;
  private final Poll poll;
  private final ProcessEvents events;
  private final Duration readyWithin;
  private final Duration lifeInterval;
  private final Duration patience;
  private final Backoff backoff = new Backoff();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private @Nullable Process process;
  private long startedNanos;
  private boolean stopping;
  private boolean held;

  /**
   * Nothing runs before {@link #start}.
   *
   * @param patience how long it may leave every question unanswered when it was ready
   */
  public SupervisedProcess(ProcessSpec spec, Poll poll, ProcessEvents events, Duration patience) {
    this(spec, poll, events, LIFE_INTERVAL, patience, READY_WITHIN);
  }

  SupervisedProcess(
      ProcessSpec spec,
      Poll poll,
      ProcessEvents events,
      Duration lifeInterval,
      Duration patience,
      Duration readyWithin) {
    this.spec = spec;
    this.poll = poll;
    this.events = events;
    this.lifeInterval = lifeInterval;
    this.patience = patience;
    this.readyWithin = readyWithin;
  }

  /** What this process is. */
  public ProcessSpec spec() {
    return spec;
  }

  /**
   * Starts the process. The future completes when it is ready for the first time and fails with a
   * {@link StartFailedException} when it ends before.
   */
  public CompletableFuture<Void> start() {
    Thread.startVirtualThread(this::launch);
    return ready;
  }

  /** Asks the process to end, kills it when it takes too long, and keeps it from coming back. */
  public CompletableFuture<Void> stop() {
    Process last;
    synchronized (this) {
      stopping = true;
      last = process;
    }
    ready.cancel(false);
    if (last == null || !last.isAlive()) {
      return CompletableFuture.completedFuture(null);
    }
    spec.stopSignal().send(last.toHandle());
    return last.onExit()
        .thenAccept(ended -> {})
        .copy()
        .orTimeout(spec.stopWithin().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(tooLong -> last.destroyForcibly().onExit().thenAccept(ended -> {}));
  }

  private synchronized void launch() {
    if (stopping) {
      return;
    }
    if (!spec.mayStart().getAsBoolean()) {
      if (!held) {
        events.held(spec);
      }
      held = true;
      poll.after(PERMISSION_INTERVAL, this::launch);
      return;
    }
    held = false;
    startedNanos = System.nanoTime();
    Process started = null;
    try {
      // The preparation may write to the log too.
      spec.log().prepare();
      spec.beforeStart().prepare();
      started = builder().start();
      process = started;
      events.started(spec, started.toHandle());
      watch(started);
      keepLogSmall(started);
    } catch (IOException | RuntimeException failure) {
      if (started != null) {
        started.destroyForcibly();
      }
      ended("could not be started: " + failure.getMessage());
    }
  }

  private ProcessBuilder builder() {
    var command = new ArrayList<>(OwnSession.prefix());
    command.addAll(spec.command());
    var builder =
        new ProcessBuilder(command)
            .directory(spec.workingDirectory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().path().toFile()));
    builder.environment().putAll(spec.environment());
    return builder;
  }

  private void watch(Process started) {
    var birth = startedNanos;
    var hangs = new AtomicBoolean();
    var answer =
        poll.until(
            READINESS_INTERVAL, readyWithin, () -> started.isAlive() && spec.readiness().holds());
    var reported =
        answer.whenComplete((yes, failure) -> {
          if (failure == null) {
            var again = !ready.complete(null);
            if (!ready.isCancelled()) {
              events.ready(spec, since(birth), again);
              watchLife(started, hangs);
            }
          } else if (started.isAlive()) {
            giveUp(started);
          }
        });
    var _ =
        started
            .onExit()
            .thenAccept(gone -> {
              var givenUp = answer.isCompletedExceptionally();
              reported.cancel(false);
              answer.cancel(false);
              ended(
                  hangs.get()
                      ? notAlive()
                      : givenUp ? notReady() : "ended with exit code " + gone.exitValue());
            });
  }

  private void watchLife(Process started, AtomicBoolean hangs) {
    new LifeWatch(
            spec.liveness(),
            lifeInterval,
            patience,
            poll,
            () -> started.isAlive() && !isStopping(),
            () -> {
              hangs.set(true);
              kill(started);
            })
        .begin();
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private String notAlive() {
    return "did not answer for %d s and was ended".formatted(patience.toSeconds());
  }

  private void keepLogSmall(Process writing) {
    if (writing.isAlive()) {
      spec.log().rotate();
      poll.after(LOG_INTERVAL, () -> keepLogSmall(writing));
    }
  }

  /**
   * Before the first readiness this is the end of the start; later, a killed process is started
   * again.
   */
  private void giveUp(Process hanging) {
    if (!ready.isDone()) {
      fail(notReady());
    }
    kill(hanging);
  }

  /** What the threads of a JVM that hangs are waiting for is gone with it, unless its log tells. */
  private void kill(Process hanging) {
    if (JavaProcess.isStartedBy(spec.command())) {
      Signal.QUIT.send(hanging.toHandle());
      poll.after(THREAD_DUMP_WITHIN, hanging::destroyForcibly);
    } else {
      hanging.destroyForcibly();
    }
  }

  private String notReady() {
    return "was not ready within %d s".formatted(readyWithin.toSeconds());
  }

  private synchronized void ended(String cause) {
    if (stopping) {
      return;
    }
    if (!ready.isDone()) {
      fail(cause);
    } else if (!ready.isCompletedExceptionally()) {
      startAgain(cause);
    }
  }

  private void startAgain(String cause) {
    if (spec.mayStart().getAsBoolean()) {
      var delay = backoff.after(since(startedNanos));
      events.died(spec, cause, delay);
      poll.after(delay, this::launch);
    } else {
      launch();
    }
  }

  private void fail(String cause) {
    var tail = String.join("\n    ", spec.log().tail(LINES_OF_LOG));
    ready.completeExceptionally(
        new StartFailedException(
            "%s %s.%nThe last lines of %s:%n    %s"
                .formatted(spec.title(), cause, spec.log().path(), tail)));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
