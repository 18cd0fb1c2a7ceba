package dev.orderflow.saga.tasks;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does tasks as parts of the traces in which they were stored. */
final class TracedTasks {
  private final TaskTraces stored;
  private final Traces traces;

  TracedTasks(Worker worker, JdbcClient jdbc, Traces traces) {
    this.stored = new TaskTraces(worker, jdbc);
    this.traces = traces;
  }

  /** The trace in which a task was stored, as {@code traceparent}; null when in none. */
  <T> @Nullable String traceOf(TaskKind<T> kind, T data) {
    return stored.of(kind, data);
  }

  <T> void follow(TaskKind<T> kind, T data, Runnable work) {
    var part = kind.retried(data, traceOf(kind, data));
    traces.together(
        "retry",
        List.of(part),
        () -> {
          work.run();
          return part;
        });
  }
}
