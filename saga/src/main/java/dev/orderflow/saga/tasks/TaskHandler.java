package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.orderflow.platform.deadletters.KeptTask;
import dev.orderflow.platform.tracing.Traces;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    follow(kind.read(task.data()), task.traceparent(), traces);
  }

  /**
   * Does a task as a part of a trace.
   *
   * @param trace in which it was stored, as {@code traceparent}; null when in none
   */
  void follow(T data, @Nullable String trace, Traces traces) {
    traces.together(
        "retry",
        List.of(kind.retried(data, trace)),
        () -> {
          work.accept(data);
          return data;
        });
  }

  OneTimeTask<T> task(
      FailedTasks failures, OwnFailures ownFailures, TaskTraces stored, Traces traces) {
    return Tasks.oneTime(kind.descriptor())
        .onFailure((failed, task) -> failures.handle(kind, failed, task))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          var data = instance.getData();
          follow(data, stored.of(kind, data), traces);
          ownFailures.forget(instance);
        });
  }
}
