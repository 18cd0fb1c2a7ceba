package dev.orderflow.e2e.audit;

import dev.orderflow.e2e.platform.Cluster;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The store of what cannot proceed: from outside, nothing can be made to be refused for good. */
public final class DeadLetterStore {
  private static final String KEEP =
      """
      INSERT INTO saga.dead_letter
        (source, queue, order_id, identity, content, cause, attempts, since)
      SELECT 'order-saga', id, id, 'confirm/' || id,
        json_build_object('type', 'task', 'name', 'confirm', 'instance', id,
          'data', json_build_object('orderId', id)::text)::text,
        'a test', 1, now()
      FROM (SELECT ? AS id) AS letter
      ON CONFLICT (source, identity) DO UPDATE SET state = 'WAITING', ended = NULL
      """;

  private static final String KEEP_PAYMENT =
      """
      INSERT INTO saga.dead_letter
        (source, order_id, identity, content, cause, attempts, since)
      SELECT 'order-saga', id, 'request-payment/' || id,
        json_build_object('type', 'task', 'name', 'request-payment', 'instance', id,
          'data', json_build_object('orderId', id, 'paymentMethod', '%s')::text)::text,
        'a test', 1, now()
      FROM (SELECT ? AS id) AS letter
      """;

  private static final String KEEP_RECORD =
      """
      INSERT INTO query_side.dead_letter
        (source, identity, content, refusal, cause, attempts, since)
      SELECT 'order-view', topic || '-0@0',
        json_build_object('type', 'record', 'topicId', topic, 'topic', 'orders', 'partition', 0,
          'offset', 0, 'key', key, 'headers', '[]'::json, 'value', encode('no event', 'base64')),
        'FOREIGN', 'a test', 1, now()
      FROM (SELECT gen_random_uuid() AS topic, ? AS key) AS letter
      """;

  private final Cluster.Postgres database;

  public DeadLetterStore(Cluster.Postgres database) {
    this.database = database;
  }

  /** As if the confirmation of this order had been refused. */
  public void keepConfirmation(String orderId) {
    keep(KEEP, orderId);
  }

  /** As if the request to pay this order in this way had been refused. */
  public void keepPayment(String orderId, String paymentMethod) {
    keep(KEEP_PAYMENT.formatted(paymentMethod), orderId);
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
