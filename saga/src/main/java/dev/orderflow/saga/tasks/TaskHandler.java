package dev.orderflow.saga.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.quarantine.KeptTask;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does the tasks of one kind.
 *
 * @param worker whose tasks they are
 * @param kind its name and the type of its data
 * @param order whose order a task is about; null when it is about none
 * @param isEvent whether it is something that has happened to the order, and so must not overtake a
 *     dead letter of it; its work is nothing but a change of our own database. A command may: it
 *     was decided before the letter was kept
 * @param work may be done more than once for one task, and so must not mind; throws when it is not
 *     done
 */
public record TaskHandler<T>(
    Worker worker,
    TaskDescriptor<T> kind,
    Function<T, @Nullable OrderId> order,
    boolean isEvent,
    Consumer<T> work) {
  /** Does tasks that nothing holds up. */
  public TaskHandler(
      Worker worker,
      TaskDescriptor<T> kind,
      Function<T, @Nullable OrderId> order,
      Consumer<T> work) {
    this(worker, kind, order, false, work);
  }

  /**
   * Does a task that was given up, now.
   *
   * @throws RuntimeException whatever the work throws
   */
  public void retry(KeptTask task) {
    try {
      work.accept(EventJson.mapper().readValue(task.data(), kind.getDataClass()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  OneTimeTask<T> task(FailedTasks failures, DeadLetters letters, TransactionTemplate transaction) {
    return Tasks.oneTime(kind)
        .onFailure((failed, task) -> failures.handle(this, failed, task))
        .onDeadExecutionRevive()
        .execute((instance, _) -> {
          if (isEvent) {
            transaction.executeWithoutResult(_ -> workUnlessHeldUp(instance, letters));
          } else {
            work.accept(instance.getData());
          }
        });
  }

  private void workUnlessHeldUp(TaskInstance<T> instance, DeadLetters letters) {
    var orderId = orderOf(instance);
    if (orderId != null && !letters.lockHeld(worker, Set.of(orderId)).isEmpty()) {
      throw new HeldUpException(orderId);
    }
    work.accept(instance.getData());
  }

  @Nullable OrderId orderOf(TaskInstance<?> instance) {
    return order.apply(kind.getDataClass().cast(instance.getData()));
  }

  KeptTask keep(TaskInstance<?> instance) {
    try {
      return new KeptTask(
          instance.getTaskName(),
          instance.getId(),
          EventJson.mapper().writeValueAsString(instance.getData()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
