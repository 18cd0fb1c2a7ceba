package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.orderflow.platform.deadletters.KeptTask;
import dev.orderflow.platform.tracing.Traces;
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
   * Does a task that was given up, now, as a part of the trace in which it was stored.
   *
   * @throws RuntimeException whatever the work throws
   */
  public void retry(KeptTask task, Traces traces) {
    var data = kind.read(task.data());
    traces.together(
        "retry",
        List.of(kind.retried(data, task.traceparent())),
        () -> {
          work.accept(data);
          return data;
        });
  }

  OneTimeTask<T> task(FailedTasks failures, OwnFailures ownFailures, TracedTasks traced) {
    return Tasks.oneTime(kind.descriptor())
        .onFailure((failed, task) -> failures.handle(kind, failed, task, traced))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          traced.follow(kind, instance.getData(), () -> work.accept(instance.getData()));
          ownFailures.forget(List.of(kind.name()), List.of(instance.getId()));
        });
  }
}
