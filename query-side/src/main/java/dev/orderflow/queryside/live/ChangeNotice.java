package dev.orderflow.queryside.live;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * Tells all instances which rows of the views have changed: with PostgreSQL's NOTIFY, inside the
 * transaction of the rows. So the notice arrives when the rows can be read, and never without them.
 * One channel serves all views: where a product and an order have the same id, a watcher of the one
 * looks once too often.
 */
@Component
public class ChangeNotice {
  static final String CHANNEL = "orderflow_views";

  private final JdbcClient jdbc;

  /** On the database of the rows. */
  public ChangeNotice(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Sent when the transaction commits. */
  public void changed(Collection<String> keys) {
    jdbc.sql("SELECT pg_notify('" + CHANNEL + "', key) FROM unnest(?) AS key")
        .param(new SqlArrayValue("text", keys.toArray()))
        .query(_ -> {});
  }
}
