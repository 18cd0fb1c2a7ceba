package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.orderflow.platform.deadletters.KeptTask;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does the tasks of one kind.
 *
 * @param work may be done more than once for one task, and so must not mind; throws when it is not
 *     done
 */
public record TaskHandler<T>(TaskKind<T> kind, Consumer<T> work) {
  /**
   * Does a task that was given up, now.
   *
   * @throws RuntimeException whatever the work throws
   */
  public void retry(KeptTask task) {
    work.accept(kind.read(task.data()));
  }

  OneTimeTask<T> task(FailedTasks failures, OwnFailures ownFailures, TracedTasks traced) {
    return Tasks.oneTime(kind.descriptor())
        .onFailure((failed, task) -> failures.handle(kind, failed, task))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          traced.follow(kind, instance.getData(), () -> work.accept(instance.getData()));
          ownFailures.forget(List.of(kind.name()), List.of(instance.getId()));
        });
  }
}
