package dev.orderflow.saga.ordering;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.ordering.OrderId;
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

/** Where the saga of an order stands. */
@Component
final class SagaTimeline implements TimelineSource {
  private static final String ENDED = "ENDED";

  private final JdbcClient jdbc;

  SagaTimeline(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<TimelineEntry> of(OrderId orderId) {
    return jdbc.sql(
            """
            SELECT saga::jsonb ->> 'stage' AS stage, version, deadline, ended, written_at
            FROM order_saga WHERE order_id = ?\
            """)
        .param(orderId.value())
        .query((row, _) -> entry(row))
        .list();
  }

  /**
   * The row.
   *
   * @param version counts how often it was written
   * @param deadline when the payment has taken too long
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Row(long version, @Nullable Instant deadline) {}

  private static TimelineEntry entry(ResultSet row) throws SQLException {
    var name = row.getBoolean("ended") ? ENDED : row.getString("stage");
    return TimelineEntry.of(Kind.SAGA, name, instant(row, "written_at"))
        .with(
            new Row(
                row.getLong("version"),
                row.getObject("deadline") == null ? null : instant(row, "deadline")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
