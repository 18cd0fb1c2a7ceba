package dev.orderflow.e2e.audit;

import dev.orderflow.e2e.platform.Cluster;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The store of what cannot proceed: from outside, nothing can be made to be refused for good. */
public final class Quarantine {
  private static final String KEEP =
      """
      INSERT INTO saga.dead_letter
        (source, order_id, identity, content, cause, attempts, since)
      SELECT 'order-saga', id, 'confirm/' || id,
        json_build_object('type', 'task', 'name', 'confirm', 'instance', id,
          'data', json_build_object('orderId', id)::text)::text,
        'a test', 1, now()
      FROM (SELECT ? AS id) AS letter
      """;

  private static final String KEEP_RECORD =
      """
      INSERT INTO query_side.projection_letter
        (projection, topic, topic_id, partition, record_offset, record_key, headers, value, refusal,
          cause, attempts, since)
      VALUES ('order-view', 'orders', gen_random_uuid(), 0, 0, ?, '[]', 'no event', 'FOREIGN',
        'a test', 1, now())
      """;

  private final Cluster.Postgres database;

  public Quarantine(Cluster.Postgres database) {
    this.database = database;
  }

  /** As if the confirmation of this order had been refused. */
  public void keepConfirmation(String orderId) {
    keep(KEEP, orderId);
  }

  /** As if a record of this key that is no event had been on the topic of orders. */
  public void keepForeignRecord(String key) {
    keep(KEEP_RECORD, key);
  }

  private void keep(String statement, String parameter) {
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var prepared = connection.prepareStatement(statement)) {
      prepared.setString(1, parameter);
      prepared.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
