package dev.orderflow.queryside.rebuild;

import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.SequencedEvent;
import dev.orderflow.queryside.projection.Columns;
import dev.orderflow.queryside.projection.Projection;
import dev.orderflow.queryside.projection.Tables;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the orders of each product on each day. A count does not tell which orders are in it, so
 * those are written down beside it.
 */
record OrdersPerDay(JdbcClient jdbc) implements Projection<Long> {
  static final String NAME = "orders-per-day";
  static final String MIGRATION =
      """
      CREATE TABLE counted_order (order_id text COLLATE "C" PRIMARY KEY);
      CREATE TABLE orders_per_day (
        product_id text COLLATE "C", day date, orders bigint NOT NULL,
        PRIMARY KEY (product_id, day));
      CREATE INDEX ON orders_per_day (day)\
      """;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<EventTopic> topics() {
    return List.of(EventTopic.ORDERS);
  }

  @Override
  public List<Table> tables() {
    return List.of(new Table("counted_order", null), new Table("orders_per_day", null));
  }

  @Override
  public SortedMap<String, Long> take(Tables tables, List<SequencedEvent> events) {
    var lines = events.stream().flatMap(OrdersPerDay::lines).toList();
    jdbc.sql(
            """
            WITH line AS (SELECT * FROM unnest(?, ?, ?) AS line (order_id, day, product_id)),
              fresh AS (
                INSERT INTO %s (order_id) SELECT DISTINCT order_id FROM line ORDER BY 1
                ON CONFLICT DO NOTHING RETURNING order_id)
            INSERT INTO %s AS count (product_id, day, orders)
            SELECT product_id, day, count(DISTINCT order_id) FROM line JOIN fresh USING (order_id)
            GROUP BY product_id, day ORDER BY product_id, day
            ON CONFLICT (product_id, day) DO UPDATE SET orders = count.orders + excluded.orders\
            """
                .formatted(tables.named("counted_order"), tables.named("orders_per_day")))
        .params(
            Columns.of(lines)
                .with("text", Line::orderId)
                .with("date", Line::day)
                .with("text", Line::productId)
                .arrays())
        .update();
    return Collections.emptySortedMap();
  }

  private static Stream<Line> lines(SequencedEvent event) {
    return event.event() instanceof OrderPlacedEvent placed
        ? placed.items().stream().map(item -> Line.of(placed, item))
        : Stream.empty();
  }

  private record Line(String orderId, String day, String productId) {
    static Line of(OrderPlacedEvent placed, OrderItem item) {
      return new Line(
          placed.orderId().value(),
          placed.timestamp().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
          item.productId().value());
    }
  }
}
