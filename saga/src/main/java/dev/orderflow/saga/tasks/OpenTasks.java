package dev.orderflow.saga.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelineSource;
import dev.orderflow.saga.Worker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is still to be done for an order. */
@Component
final class OpenTasks implements TimelineSource {
  private final JdbcClient jdbc;
  private final ObjectProvider<TaskHandlers> handlers;

  OpenTasks(JdbcClient jdbc, ObjectProvider<TaskHandlers> handlers) {
    this.jdbc = jdbc;
    this.handlers = handlers;
  }

  /**
   * How it goes on.
   *
   * @param attempts how often it has failed in a row
   * @param due when it is tried next
   * @param underWay whether it is tried now
   * @param unanswered how often it has failed by itself, while others of its kind were done; null
   *     when never
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Shown(
      int attempts,
      Instant due,
      @Nullable Instant lastFailure,
      boolean underWay,
      @Nullable Integer unanswered) {}

  @Override
  public List<TimelineEntry> of(OrderId orderId) {
    return Arrays.stream(Worker.values()).flatMap(worker -> of(worker, orderId).stream()).toList();
  }

  private List<TimelineEntry> of(Worker worker, OrderId orderId) {
    var names = new ArrayList<String>();
    var ids = new ArrayList<String>();
    handlers.stream()
        .flatMap(part -> part.handlers().stream())
        .map(TaskHandler::kind)
        .filter(kind -> kind.worker() == worker)
        .forEach(kind ->
            kind.idsOf()
                .apply(orderId)
                .forEach(id -> {
                  names.add(kind.name());
                  ids.add(id);
                }));
    return jdbc.sql(
            """
            SELECT task_name, execution_time, last_failure, picked, times,
              coalesce(consecutive_failures, 0) AS failures
            FROM unnest(?::text[], ?::text[]) AS wanted (task_name, task_instance)
            JOIN %s USING (task_name, task_instance)
            LEFT JOIN own_failure USING (task_name, task_instance)\
            """
                .formatted(worker.taskTable()))
        .param(names.toArray(String[]::new))
        .param(ids.toArray(String[]::new))
        .query((row, _) -> entry(row))
        .list();
  }

  private static TimelineEntry entry(ResultSet row) throws SQLException {
    var due = row.getObject("execution_time", OffsetDateTime.class).toInstant();
    var lastFailure = row.getObject("last_failure", OffsetDateTime.class);
    return TimelineEntry.of(Kind.TASK, row.getString("task_name"), due)
        .with(
            new Shown(
                row.getInt("failures"),
                due,
                lastFailure == null ? null : lastFailure.toInstant(),
                row.getBoolean("picked"),
                row.getObject("times", Integer.class)));
  }
}
