package dev.orderflow.queryside.live;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Tells all instances which orders have changed: with PostgreSQL's NOTIFY, inside the transaction
 * of the rows. So the notice arrives when the rows can be read, and never without them.
 */
@Component
public class ChangeNotice {
  static final String CHANNEL = "orderflow_order_view";

  private final JdbcClient jdbc;

  /** On the database of the rows. */
  public ChangeNotice(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Sent when the transaction commits. */
  public void changed(Collection<String> keys) {
    jdbc.sql("SELECT pg_notify('" + CHANNEL + "', key) FROM unnest(?) AS key")
        .param(new SqlArrayValue("text", keys.toArray()))
        .query((_, _) -> keys)
        .list();
  }
}
