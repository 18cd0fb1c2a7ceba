package dev.orderflow.bench.orders;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What became of the orders, as the event store and the view of orders say. */
final class OrderOutcomes {
  private static final Duration CARRIED_WITHIN = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final double MILLI = 1e3;

  private final Connection database;

  OrderOutcomes(Connection database) {
    this.database = database;
  }

  /**
   * Orders since some event.
   *
   * @param placed orders that were placed
   * @param confirmed of them, those that are confirmed
   * @param cancelled those that are cancelled instead
   * @param lines lines whose stock is reserved
   * @param settled of them, those whose stock is committed, or released
   * @param seconds from the first that was placed until the last was confirmed and its stock
   *     committed
   */
  record Orders(
      long placed, long confirmed, long cancelled, long lines, long settled, double seconds) {
    /** Whether all are at their end; one that was refused with 503 may have been placed as well. */
    boolean allCarried(long expected) {
      return placed >= expected && confirmed + cancelled == placed && settled == lines;
    }

    double perSecond() {
      return confirmed / seconds;
    }
  }

  /** The newest event. */
  long newest() throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery("SELECT max(global_index) FROM command_side.domain_event")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The orders that were placed after that event. */
  Orders after(long event) throws SQLException {
    try (var query =
        database.prepareStatement(
            """
            WITH carried AS (
              SELECT substring(payload_type FROM '[A-Za-z]+$') AS event,
                extract(epoch FROM recorded_at::timestamptz) AS at
              FROM command_side.domain_event WHERE global_index > ?)
            SELECT count(*) FILTER (WHERE event = 'OrderPlacedEvent'),
              count(*) FILTER (WHERE event = 'OrderConfirmedEvent'),
              count(*) FILTER (WHERE event = 'OrderCancelledEvent'),
              count(*) FILTER (WHERE event = 'StockReservedEvent'),
              count(*) FILTER (WHERE event IN ('StockCommittedEvent', 'StockReleasedEvent')),
              max(at) FILTER (WHERE event IN ('OrderConfirmedEvent', 'StockCommittedEvent'))
                - min(at) FILTER (WHERE event = 'OrderPlacedEvent')
            FROM carried\
            """)) {
      query.setLong(1, event);
      try (var rows = query.executeQuery()) {
        rows.next();
        return orders(rows);
      }
    }
  }

  private static Orders orders(ResultSet row) throws SQLException {
    return new Orders(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getDouble(6));
  }

  /** Returns when all of them have come to their end, and the view of orders shows it. */
  Orders drained(long event, long expected) throws SQLException {
    await("all %d orders have come to their end".formatted(expected))
        .atMost(CARRIED_WITHIN)
        .pollInterval(POLL)
        .until(() -> after(event).allCarried(expected));
    await("the view shows it")
        .atMost(CARRIED_WITHIN)
        .pollInterval(POLL)
        .until(this::viewIsUpToDate);
    return after(event);
  }

  private boolean viewIsUpToDate() throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT (SELECT count(*) FROM query_side.order_view WHERE status <> 'PENDING')
                  = (SELECT count(*) FROM command_side.domain_event
                     WHERE payload_type LIKE '%.OrderConfirmedEvent'
                        OR payload_type LIKE '%.OrderCancelledEvent')\
                """)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  /** From placed to confirmed, of each order that was placed after that event. */
  List<Double> millisToConfirmed(long event) throws SQLException {
    try (var query =
        database.prepareStatement(
            """
            SELECT extract(epoch FROM
              confirmed.recorded_at::timestamptz - placed.recorded_at::timestamptz)
            FROM command_side.domain_event placed
            JOIN command_side.domain_event confirmed USING (aggregate_id)
            WHERE placed.global_index > ? AND placed.payload_type LIKE '%.OrderPlacedEvent'
              AND confirmed.payload_type LIKE '%.OrderConfirmedEvent'\
            """)) {
      query.setLong(1, event);
      try (var rows = query.executeQuery()) {
        var millis = new ArrayList<Double>();
        while (rows.next()) {
          millis.add(rows.getDouble(1) * MILLI);
        }
        return millis;
      }
    }
  }
}
