package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.orderflow.saga.commandside.Refusal;
import dev.orderflow.saga.quarantine.DeadLetters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides what becomes of a task that failed. One that was refused for good becomes a dead letter.
 * All others are tried again for ever: an outage has no length that could be known, and a task that
 * waits holds up nobody.
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

  <T> void handle(TaskKind<T> kind, ExecutionComplete failed, ExecutionOperations<T> task) {
    var cause = failed.getCause().orElse(null);
    if (Refusal.is(cause)) {
      var data = kind.type().cast(failed.getExecution().taskInstance.getData());
      transaction.executeWithoutResult(_ -> {
        kind.giveUp(data, cause, attempts(failed), letters);
        task.remove();
      });
    } else {
      tryAgain(failed, task, cause == null ? "its instance died" : cause.toString());
    }
  }

  private void tryAgain(ExecutionComplete failed, ExecutionOperations<?> task, String cause) {
    var delay = delays.after(attempts(failed));
    LOG.warn(
        "{}/{} failed, attempt {}, next in {} ms: {}",
        failed.getExecution().getTaskName(),
        failed.getExecution().getId(),
        attempts(failed),
        delay.toMillis(),
        cause);
    task.reschedule(failed, failed.getTimeDone().plus(delay));
  }

  private static int attempts(ExecutionComplete failed) {
    return failed.getExecution().consecutiveFailures + 1;
  }
}
