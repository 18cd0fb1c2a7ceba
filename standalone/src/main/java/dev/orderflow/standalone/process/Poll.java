package dev.orderflow.standalone.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks a question again and again until the answer is yes. Questions may block: each runs on a
 * virtual thread.
 */
public final class Poll implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("poll").factory());

  /** A question about the outside world. An {@link IOException} means "not yet". */
  @FunctionalInterface
  public interface Question {
    /** True when the awaited condition holds. */
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Completes when the question is answered with yes, fails with a {@link
   * java.util.concurrent.TimeoutException} after the limit, and with any unchecked exception of the
   * question at once. Completing or cancelling the future from outside ends the asking.
   */
  public CompletableFuture<Void> until(Duration interval, Duration limit, Question question) {
    var answer = new CompletableFuture<Void>();
    Thread.startVirtualThread(() -> ask(answer, interval, question));
    return answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Runs a task, which may block, on a virtual thread after the delay; never after {@link #close}.
   */
  public void after(Duration delay, Runnable task) {
    if (!clock.isShutdown()) {
      var _ =
          clock.schedule(
              () -> Thread.startVirtualThread(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void ask(CompletableFuture<Void> answer, Duration interval, Question question) {
    if (answer.isDone()) {
      return;
    }
    try {
      if (question.holds()) {
        answer.complete(null);
        return;
      }
    } catch (IOException notYet) {
      // The next question may find more.
    } catch (InterruptedException interrupted) {
      answer.cancel(false);
      return;
    } catch (RuntimeException failure) {
      answer.completeExceptionally(failure);
      return;
    }
    after(interval, () -> ask(answer, interval, question));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
