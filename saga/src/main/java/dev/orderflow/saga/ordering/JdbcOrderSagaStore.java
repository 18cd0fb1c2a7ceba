package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.postgres.TextArray;
import dev.orderflow.platform.tracing.Traces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
final class JdbcOrderSagaStore implements OrderSagaStore {
  private static final String INSERT =
      """
      INSERT INTO order_saga (order_id, saga, version, deadline, ended, traceparent)
      SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[], ?::boolean[],
        ?::text[])
      ON CONFLICT DO NOTHING\
      """;

  private static final String UPDATE =
      """
      UPDATE order_saga AS stored
      SET saga = written.saga, version = written.version, deadline = written.deadline,
        ended = written.ended, written_at = now()
      FROM unnest(?::text[], ?::text[], ?::bigint[], ?::timestamptz[], ?::boolean[], ?::text[])
        AS written (order_id, saga, version, deadline, ended, traceparent)
      WHERE stored.order_id = written.order_id AND stored.version = written.version - 1\
      """;

  private final JdbcClient jdbc;

  JdbcOrderSagaStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<StoredSaga> find(Collection<OrderId> orders) {
    return jdbc.sql("SELECT * FROM order_saga WHERE order_id = ANY (?)")
        .param(TextArray.of(orders, OrderId::value))
        .query((row, _) -> stored(row))
        .list();
  }

  private static StoredSaga stored(ResultSet row) throws SQLException {
    var deadline = row.getObject("deadline", OffsetDateTime.class);
    return new StoredSaga(
        new OrderId(row.getString("order_id")),
        row.getString("saga"),
        row.getLong("version"),
        deadline == null ? null : deadline.toInstant(),
        row.getBoolean("ended"));
  }

  @Override
  public void write(Collection<StoredSaga> sagas) {
    write(INSERT, sagas.stream().filter(saga -> saga.version() == 1).toList());
    write(UPDATE, sagas.stream().filter(saga -> saga.version() > 1).toList());
  }

  private void write(String statement, List<StoredSaga> sagas) {
    if (sagas.isEmpty()) {
      return;
    }
    var written =
        jdbc.sql(statement)
            .param(TextArray.of(sagas, saga -> saga.orderId().value()))
            .param(TextArray.of(sagas, StoredSaga::saga))
            .param(sagas.stream().map(StoredSaga::version).toArray(Long[]::new))
            .param(TextArray.of(sagas, saga -> Objects.toString(saga.deadline(), null)))
            .param(sagas.stream().map(StoredSaga::ended).toArray(Boolean[]::new))
            .param(TextArray.of(sagas, saga -> Traces.of(saga.orderId().value())))
            .update();
    if (written != sagas.size()) {
      throw new OptimisticLockingFailureException(
          "%d of %d sagas were written by others meanwhile"
              .formatted(sagas.size() - written, sagas.size()));
    }
  }

  @Override
  public List<Overdue> claimOverdue(Instant now, Instant until, int most) {
    return jdbc.sql(
            """
            UPDATE order_saga SET deadline = ? WHERE order_id IN (
              SELECT order_id FROM order_saga WHERE deadline <= ?
              ORDER BY deadline LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING order_id, traceparent\
            """)
        .param(until.atOffset(ZoneOffset.UTC))
        .param(now.atOffset(ZoneOffset.UTC))
        .param(most)
        .query((row, _) ->
            new Overdue(new OrderId(row.getString("order_id")), row.getString("traceparent")))
        .list();
  }

  @Override
  public Instant stockSettledSince() {
    return jdbc.sql("SELECT since FROM stock_settled")
        .query((row, _) -> row.getObject("since", OffsetDateTime.class).toInstant())
        .single();
  }
}
