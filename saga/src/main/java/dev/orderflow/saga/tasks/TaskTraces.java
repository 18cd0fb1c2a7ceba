package dev.orderflow.saga.tasks;

import dev.orderflow.saga.Worker;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells in which traces the tasks of a worker were stored. */
final class TaskTraces {
  private final String table;
  private final JdbcClient jdbc;

  TaskTraces(Worker worker, JdbcClient jdbc) {
    this.table = worker.taskTable();
    this.jdbc = jdbc;
  }

  /** As {@code traceparent}; null when in none, or there is no such task. */
  <T> @Nullable String of(TaskKind<T> kind, T data) {
    return jdbc.sql(
            "SELECT traceparent FROM %s WHERE task_name = ? AND task_instance = ?".formatted(table))
        .params(kind.name(), kind.id().apply(data))
        .query((row, _) -> Optional.ofNullable(row.getString("traceparent")))
        .optional()
        .flatMap(Function.identity())
        .orElse(null);
  }
}
