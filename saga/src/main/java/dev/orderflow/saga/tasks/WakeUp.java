package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes the scheduler look for due tasks the moment there is one: after the commit that stored it,
 * and when the time of a retry has come. What is due later than that is left to polling.
 */
final class WakeUp extends AbstractSchedulerListener {
  private static final Duration HORIZON = Duration.ofMinutes(1);

  private final Clock clock;
  private final Runnable checkForDueTasks;

  /**
   * @param checkForDueTasks returns at once
   */
  WakeUp(Clock clock, Runnable checkForDueTasks) {
    this.clock = clock;
    this.checkForDueTasks = checkForDueTasks;
  }

  @Override
  public void onExecutionScheduled(TaskInstanceId task, Instant due) {
    at(due);
  }

  /** A task has been stored, perhaps in a transaction that is still open. */
  void at(Instant due) {
    var wait = Duration.between(clock.instant(), due);
    if (wait.compareTo(HORIZON) > 0) {
      return;
    }
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      wakeIn(wait);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            wakeIn(wait);
          }
        });
  }

  private void wakeIn(Duration wait) {
    if (wait.isPositive()) {
      // A millisecond more, because the check compares times that were rounded.
      CompletableFuture.delayedExecutor(wait.toMillis() + 1, TimeUnit.MILLISECONDS, Runnable::run)
          .execute(checkForDueTasks);
    } else {
      checkForDueTasks.run();
    }
  }
}
