package dev.orderflow.saga.notification;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers which customers were told what. */
@Component
class SentNotifications {
  private final JdbcClient jdbc;
  private final Clock clock;

  SentNotifications(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  boolean contains(Notice notice) {
    return jdbc.sql("SELECT count(*) FROM sent_notification WHERE order_id = ? AND kind = ?")
            .params(notice.orderId().value(), notice.kind().name())
            .query(Long.class)
            .single()
        > 0;
  }

  void add(Notice notice) {
    jdbc.sql(
            """
            INSERT INTO sent_notification (order_id, kind, sent_at) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING\
            """)
        .params(
            notice.orderId().value(),
            notice.kind().name(),
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
