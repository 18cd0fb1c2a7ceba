package dev.orderflow.saga.notification;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.postgres.TextArray;
import dev.orderflow.platform.timeline.TimelineEntry;
import dev.orderflow.platform.timeline.TimelineEntry.Kind;
import dev.orderflow.platform.timeline.TimelineSource;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers which customers were told what. */
@Component
class SentNotifications implements TimelineSource {
  private final JdbcClient jdbc;
  private final Clock clock;

  SentNotifications(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Those of which the customer was not told yet, each once. */
  List<Notice> unsent(List<Notice> notices) {
    var sent =
        jdbc.sql("SELECT order_id, kind FROM sent_notification WHERE order_id = ANY (?)")
            .param(TextArray.of(notices, notice -> notice.orderId().value()))
            .query((row, _) -> row.getString("order_id") + "/" + row.getString("kind"))
            .set();
    return notices.stream().filter(notice -> !sent.contains(notice.id())).distinct().toList();
  }

  @Override
  public List<TimelineEntry> of(OrderId orderId) {
    return jdbc.sql("SELECT kind, sent_at FROM sent_notification WHERE order_id = ?")
        .param(orderId.value())
        .query((row, _) ->
            TimelineEntry.of(
                Kind.MAIL,
                row.getString("kind"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** Notes that customers were told; in one statement. */
  List<Void> add(List<Notice> notices) {
    jdbc.sql(
            """
            INSERT INTO sent_notification (order_id, kind, sent_at)
            SELECT order_id, kind, ?::timestamptz
            FROM unnest(?::text[], ?::text[]) AS notice (order_id, kind)
            ON CONFLICT DO NOTHING\
            """)
        .param(clock.instant().toString())
        .param(TextArray.of(notices, notice -> notice.orderId().value()))
        .param(TextArray.of(notices, notice -> notice.kind().name()))
        .update();
    return Collections.nCopies(notices.size(), null);
  }
}
