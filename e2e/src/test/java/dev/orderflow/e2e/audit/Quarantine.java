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

  private final Cluster.Postgres database;

  public Quarantine(Cluster.Postgres database) {
    this.database = database;
  }

  /** As if the confirmation of this order had been refused. */
  public void keepConfirmation(String orderId) {
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        var statement = connection.prepareStatement(KEEP)) {
      statement.setString(1, orderId);
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
