package dev.orderflow.saga.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelineSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is still to be done for an order. */
@Component
final class OpenTasks implements TimelineSource {
  private final JdbcClient jdbc;

  OpenTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
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

  /**
   * A task about an order is named by the order or its payment, or by the order's id with more
   * behind a slash: such ids lie between those that end with it and with the next character.
   */
  @Override
  public List<TimelineEntry> of(OrderId orderId) {
    return jdbc.sql(
            """
            SELECT task_name, execution_time, last_failure, picked, times,
              coalesce(consecutive_failures, 0) AS failures
            FROM open_task LEFT JOIN own_failure USING (task_name, task_instance)
            WHERE task_instance IN (:order, :payment)
              OR task_instance ~>=~ (:order || '/') AND task_instance ~<~ (:order || '0')\
            """)
        .param("order", orderId.value())
        .param("payment", PaymentId.of(orderId).value())
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
