package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.orderflow.platform.deadletters.DeadLetters;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides what becomes of a task that failed. One that was refused for good becomes a dead letter,
 * and so does one that has failed by itself for too long. All others are tried again for ever: an
 * outage has no length that could be known, and a task that waits holds up nobody.
 */
final class FailedTasks {
  private static final Logger LOG = LoggerFactory.getLogger(FailedTasks.class);

  private final RetryDelays delays;
  private final DeadLetters letters;
  private final OwnFailures ownFailures;
  private final TaskTraces traces;
  private final Duration giveUpAfter;
  private final TransactionTemplate transaction;

  /**
   * @param giveUpAfter how long what fails by itself is tried
   */
  FailedTasks(
      RetryDelays delays,
      DeadLetters letters,
      OwnFailures ownFailures,
      TaskTraces traces,
      Duration giveUpAfter,
      TransactionTemplate transaction) {
    this.delays = delays;
    this.letters = letters;
    this.ownFailures = ownFailures;
    this.traces = traces;
    this.giveUpAfter = giveUpAfter;
    this.transaction = transaction;
  }

  <T> void handle(TaskKind<T> kind, ExecutionComplete failed, ExecutionOperations<T> task) {
    var cause = failed.getCause().map(Judgement::of).orElse(null);
    switch (cause) {
      case OwnFailureException own ->
          transaction.executeWithoutResult(_ -> {
            var id = TaskInstanceId.of(kind.name(), failed.getExecution().getId());
            var history = Objects.requireNonNull(ownFailures.add(Map.of(id, own)).get(id));
            if (history.since().plus(giveUpAfter).isAfter(failed.getTimeDone())) {
              tryAgain(failed, task, delays.after(own, history.times()), own.toString());
            } else {
              giveUp(kind, failed, task, own);
            }
          });
      case null -> tryAgain(failed, task, delays.after(attempts(failed)), "its instance died");
      case Throwable other when Attempt.isHopeless(other) ->
          transaction.executeWithoutResult(_ -> giveUp(kind, failed, task, other));
      case Throwable other ->
          tryAgain(failed, task, delays.after(attempts(failed)), other.toString());
    }
  }

  private <T> void giveUp(
      TaskKind<T> kind, ExecutionComplete failed, ExecutionOperations<T> task, Throwable cause) {
    var data = kind.type().cast(failed.getExecution().taskInstance.getData());
    kind.giveUp(data, cause, attempts(failed), traces.of(kind, data), letters);
    ownFailures.forget(failed.getExecution().taskInstance);
    task.remove();
  }

  private static void tryAgain(
      ExecutionComplete failed, ExecutionOperations<?> task, Duration delay, String cause) {
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
