package dev.orderflow.saga.tasks;

import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.Part;
import dev.orderflow.saga.Worker;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does tasks as parts of the traces in which they were stored. */
final class TracedTasks {
  private final String table;
  private final JdbcClient jdbc;
  private final Traces traces;

  TracedTasks(Worker worker, JdbcClient jdbc, Traces traces) {
    this.table = worker.taskTable();
    this.jdbc = jdbc;
    this.traces = traces;
  }

  <T> void follow(TaskKind<T> kind, T data, Runnable work) {
    var parts =
        jdbc
            .sql(
                """
                SELECT traceparent FROM %s
                WHERE task_name = ? AND task_instance = ? AND traceparent IS NOT NULL\
                """
                    .formatted(table))
            .params(kind.name(), kind.id().apply(data))
            .query(String.class)
            .list()
            .stream()
            .map(trace -> new Part("retry " + kind.name(), kind.orderOf(data), trace))
            .toList();
    traces.together(
        "retry",
        parts,
        () -> {
          work.run();
          return parts;
        });
  }
}
