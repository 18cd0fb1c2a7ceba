package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.util.function.Consumer;

/**
 * Does the tasks of one kind.
 *
 * @param lane what they may have to wait for
 * @param kind its name and the type of its data
 * @param work may be done more than once for one task, and so must not mind; throws when it is not
 *     done
 */
public record TaskHandler<T>(Lane lane, TaskDescriptor<T> kind, Consumer<T> work) {
  OneTimeTask<T> retriedBy(RetryPolicy retries) {
    return Tasks.oneTime(kind)
        .onFailure(retries::retryLater)
        .onDeadExecutionRevive()
        .execute((instance, _) -> work.accept(instance.getData()));
  }
}
