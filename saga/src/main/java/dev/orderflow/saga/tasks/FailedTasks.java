package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.orderflow.saga.quarantine.DeadLetters;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides what becomes of a task that failed. One that was refused for good becomes a dead letter,
 * and so does one that has to wait behind a letter of its order. All others are tried again for
 * ever: an outage has no length that could be known, and a task that waits holds up nobody.
 */
final class FailedTasks {
  private static final Logger LOG = LoggerFactory.getLogger(FailedTasks.class);

  private final RetryDelays delays;
  private final DeadLetters letters;
  private final TransactionTemplate transaction;

  FailedTasks(RetryDelays delays, DeadLetters letters, TransactionTemplate transaction) {
    this.delays = delays;
    this.letters = letters;
    this.transaction = transaction;
  }

  <T> void handle(TaskHandler<T> handler, ExecutionComplete failed, ExecutionOperations<T> task) {
    var cause = failed.getCause().orElse(null);
    if (Refusal.is(cause)) {
      giveUp(handler, failed, task, text(cause));
    } else if (cause instanceof HeldUpException) {
      waitBehindLetters(handler, failed, task);
    } else {
      tryAgain(failed, task, text(cause));
    }
  }

  private <T> void giveUp(
      TaskHandler<T> handler, ExecutionComplete failed, ExecutionOperations<T> task, String cause) {
    LOG.error("{} was refused and is kept as a dead letter: {}", name(failed), cause);
    transaction.executeWithoutResult(_ -> {
      keep(handler, failed, name(failed) + " was refused: " + cause, attempts(failed));
      task.remove();
    });
  }

  private <T> void waitBehindLetters(
      TaskHandler<T> handler, ExecutionComplete failed, ExecutionOperations<T> task) {
    transaction.executeWithoutResult(_ -> {
      var orderId = handler.orderOf(failed.getExecution().taskInstance);
      if (orderId != null && letters.lockHeld(handler.worker(), Set.of(orderId)).isEmpty()) {
        // They have been sent on meanwhile.
        task.reschedule(failed, failed.getTimeDone());
        return;
      }
      keep(handler, failed, "It follows another letter of its order", 0);
      task.remove();
    });
  }

  private void tryAgain(ExecutionComplete failed, ExecutionOperations<?> task, String cause) {
    var delay = delays.after(attempts(failed));
    LOG.warn(
        "{} failed, attempt {}, next in {} ms: {}",
        name(failed),
        attempts(failed),
        delay.toMillis(),
        cause);
    task.reschedule(failed, failed.getTimeDone().plus(delay));
  }

  private <T> void keep(
      TaskHandler<T> handler, ExecutionComplete failed, String cause, int attempts) {
    var instance = failed.getExecution().taskInstance;
    letters.keep(
        handler.worker(), handler.orderOf(instance), handler.keep(instance), cause, attempts);
  }

  private static int attempts(ExecutionComplete failed) {
    return failed.getExecution().consecutiveFailures + 1;
  }

  private static String name(ExecutionComplete failed) {
    return failed.getExecution().getTaskName() + "/" + failed.getExecution().getId();
  }

  private static String text(@Nullable Throwable cause) {
    return cause == null ? "its instance died" : cause.toString();
  }
}
