package dev.orderflow.saga.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelineSource;
import io.swagger.v3.oas.annotations.media.Schema;
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

/** What is still to be done: the tasks of all workers, and those of an order. */
@Component
class TaskList implements TimelineSource {
  private static final String SELECT =
      """
      SELECT task.task_name, task.task_instance, task.task_data, task.execution_time,
        task.picked, task.consecutive_failures, task.last_failure, own.since
      FROM open_task AS task LEFT JOIN own_failure AS own USING (task_name, task_instance)
      WHERE \
      """;

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
   * A task that is not done yet, as staff see it.
   *
   * @param orderId null when it is about no order
   * @param since null when it has not failed by itself
   * @param lastFailure null when that was before it was stored, or never
   */
  @Schema(name = "Task")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OpenTask(
      @Meaning("Names the task, among those of its kind.") String id,
      @Meaning("What is to be done.") String kind,
      @MeaningOf(OrderId.class) @Nullable String orderId,
      @Meaning("How often it has failed in a row.") int attempts,
      @Meaning("When it is tried next; when it was begun, while it is under way.") Instant due,
      @Meaning("Whether it is tried now.") boolean underWay,
      @Meaning("When it failed by itself for the first time, while others were done.")
          @Nullable Instant since,
      @Meaning("When a later try of it failed last.") @Nullable Instant lastFailure) {
    Place place() {
      return new Place(due, kind, id);
    }
  }

  /**
   * In the order in which they come due; at most so many, from the first or those behind a place.
   */
  List<OpenTask> after(@Nullable Place place, int most) {
    return jdbc.sql(
            SELECT
                + """
                (task.execution_time, task.task_name, task.task_instance) > (?::timestamptz, ?, ?)
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

  /**
   * A task about an order is named by the order or its payment, or by the order's id with more
   * behind a slash: such ids lie between those that end with it and with the next character.
   */
  @Override
  public List<TimelineEntry> of(OrderId orderId) {
    return jdbc
        .sql(
            SELECT
                + """
                task_instance IN (:order, :payment)
                  OR task_instance ~>=~ (:order || '/') AND task_instance ~<~ (:order || '0')\
                """)
        .param("order", orderId.value())
        .param("payment", PaymentId.of(orderId).value())
        .query((row, _) -> task(row))
        .list()
        .stream()
        .map(task -> TimelineEntry.of(Kind.TASK, task.kind(), task.due()).with(task))
        .toList();
  }

  private OpenTask task(ResultSet row) throws SQLException {
    var kind = kinds.get(row.getString("task_name"));
    var data = row.getBytes("task_data");
    var orderId =
        kind == null || data == null ? "" : orderOf(kind, new String(data, StandardCharsets.UTF_8));
    return new OpenTask(
        row.getString("task_instance"),
        row.getString("task_name"),
        orderId.isEmpty() ? null : orderId,
        row.getInt("consecutive_failures"),
        row.getObject("execution_time", OffsetDateTime.class).toInstant(),
        row.getBoolean("picked"),
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
