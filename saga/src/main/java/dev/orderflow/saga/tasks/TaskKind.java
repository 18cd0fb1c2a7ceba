package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.deadletters.KeptTask;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.tracing.Traces.Part;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.commandside.CommandRefusal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kind of tasks, declared once.
 *
 * @param worker whose tasks they are
 * @param name is stored
 * @param type of what a task is to be done with; its JSON is stored
 * @param id names a task among those of its kind: one that is there already is not stored again. Of
 *     a task about an order it is the order's id, with more behind a slash or not, or the payment's
 * @param order whose order a task is about; null when it is about none
 */
public record TaskKind<T>(
    Worker worker,
    String name,
    Class<T> type,
    Function<T, String> id,
    Function<T, @Nullable OrderId> order) {
  private static final Logger LOG = LoggerFactory.getLogger(TaskKind.class);

  /** The id of the order that a task is about, by which a poll finds its trace; "" when of none. */
  String orderOf(T data) {
    var orderId = order.apply(data);
    return orderId == null ? "" : orderId.value();
  }

  /**
   * A task that is tried again, as a part of its trace.
   *
   * @param trace in which it was stored, as {@code traceparent}; null when in none
   */
  Part retried(T data, @Nullable String trace) {
    return new Part("retry " + name, orderOf(data), trace);
  }

  TaskDescriptor<T> descriptor() {
    return TaskDescriptor.of(name, type);
  }

  /**
   * Keeps a task as a dead letter, in the caller's transaction. What follows for its order waits
   * behind it, unless it was asked for on the word of a record that is not true: a stranger's
   * record must not hold up an order.
   *
   * @param trace to which it belongs, as {@code traceparent}; null when to none
   */
  void giveUp(
      T data,
      @Nullable Throwable cause,
      int attempts,
      @Nullable String trace,
      DeadLetters letters) {
    var task = new KeptTask(name, id.apply(data), write(data), trace);
    var reason =
        task.identity()
            + switch (cause) {
              case OwnFailureException own -> " was given up: " + own.getMessage();
              case HopelessException hopeless -> " was refused: " + hopeless.getMessage();
              case null, default -> " was refused: " + cause;
            };
    LOG.error("{}; it is kept as a dead letter", reason);
    var orderId = CommandRefusal.isOfState(cause) ? null : order.apply(data);
    letters.keep(worker.id(), orderId == null ? null : orderId.value(), task, reason, attempts);
  }

  String write(T data) {
    return EventJson.write(data);
  }

  T read(String data) {
    return EventJson.read(data, type);
  }
}
