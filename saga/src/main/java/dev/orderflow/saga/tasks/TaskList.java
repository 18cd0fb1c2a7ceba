package dev.orderflow.saga.tasks;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tasks of all workers, in the order in which they come due. */
@Component
class TaskList {
  private final JdbcClient jdbc;
  private final Map<String, TaskKind<?>> kinds = new HashMap<>();

  TaskList(JdbcClient jdbc, List<TaskHandlers> handlers) {
    this.jdbc = jdbc;
    handlers.stream()
        .flatMap(part -> part.handlers().stream())
        .forEach(handler -> kinds.put(handler.kind().name(), handler.kind()));
  }

  /** Where a task stands in the list. */
  record Place(Instant due, String kind, String id) {
    static Place of(String place) {
      var parts = place.split(" ", 3);
      if (parts.length < 3) {
        throw new IllegalArgumentException("no place");
      }
      return new Place(Instant.parse(parts[0]), parts[1], parts[2]);
    }

    @Override
    public String toString() {
      return due + " " + kind + " " + id;
    }
  }

  /**
   * A task that is not done yet.
   *
   * @param attempts how often it has failed in a row
   * @param since when it failed by itself for the first time
   */
  record OpenTask(
      Place place,
      @Nullable String orderId,
      int attempts,
      @Nullable Instant since,
      @Nullable Instant lastFailure) {}

  /** At most so many, from the first or those behind a place. */
  List<OpenTask> after(@Nullable Place place, int most) {
    return jdbc.sql(
            """
            SELECT task.task_name, task.task_instance, task.task_data, task.execution_time,
              task.consecutive_failures, task.last_failure, own.since
            FROM open_task AS task LEFT JOIN own_failure AS own USING (task_name, task_instance)
            WHERE (task.execution_time, task.task_name, task.task_instance) > (?::timestamptz, ?, ?)
            ORDER BY task.execution_time, task.task_name, task.task_instance
            LIMIT ?\
            """)
        .param(place == null ? "-infinity" : place.due().toString())
        .param(place == null ? "" : place.kind())
        .param(place == null ? "" : place.id())
        .param(most)
        .query((row, _) -> task(row))
        .list();
  }

  private OpenTask task(ResultSet row) throws SQLException {
    var kind = kinds.get(row.getString("task_name"));
    var data = row.getBytes("task_data");
    var orderId =
        kind == null || data == null ? "" : orderOf(kind, new String(data, StandardCharsets.UTF_8));
    return new OpenTask(
        new Place(
            row.getObject("execution_time", OffsetDateTime.class).toInstant(),
            row.getString("task_name"),
            row.getString("task_instance")),
        orderId.isEmpty() ? null : orderId,
        row.getInt("consecutive_failures"),
        instant(row, "since"),
        instant(row, "last_failure"));
  }

  /** Staff see what another release has stored, too. */
  private static <T> String orderOf(TaskKind<T> kind, String data) {
    try {
      return kind.orderOf(kind.read(data));
    } catch (UncheckedIOException _) {
      return "";
    }
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }
}
