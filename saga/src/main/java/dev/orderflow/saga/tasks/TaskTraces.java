package dev.orderflow.saga.tasks;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells in which traces tasks were stored. */
final class TaskTraces {
  private final JdbcClient jdbc;

  TaskTraces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** As {@code traceparent}; null when in none, or there is no such task. */
  <T> @Nullable String of(TaskKind<T> kind, T data) {
    return jdbc.sql(
            "SELECT traceparent FROM %s WHERE task_name = ? AND task_instance = ?"
                .formatted(kind.worker().taskTable()))
        .params(kind.name(), kind.id().apply(data))
        .query((row, _) -> Optional.ofNullable(row.getString("traceparent")))
        .optional()
        .flatMap(Function.identity())
        .orElse(null);
  }
}
