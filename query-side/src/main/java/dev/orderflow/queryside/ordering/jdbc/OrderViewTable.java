package dev.orderflow.queryside.ordering.jdbc;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.queryside.ordering.application.OrderList;
import dev.orderflow.queryside.ordering.application.OrderReader;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderEnd;
import dev.orderflow.queryside.ordering.model.OrderHistory;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import dev.orderflow.queryside.paging.PageQueries;
import dev.orderflow.queryside.projection.Chain;
import dev.orderflow.queryside.projection.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code order_view}. */
@Repository
class OrderViewTable implements OrderReader, OrderList {
  static final String NAME = "order_view";

  private static final String COLUMNS =
      """
      order_id, user_id, lines, total, currency, version, payment_method, status,
        cancel_reason, created_at, updated_at, revision\
      """;

  private final JdbcClient jdbc;
  private final PageQueries pages;

  OrderViewTable(JdbcClient jdbc, PageQueries pages) {
    this.jdbc = jdbc;
    this.pages = pages;
  }

  @Override
  public Optional<Order> find(OrderId orderId) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM order_view WHERE order_id = ?")
        .param(orderId.value())
        .query(OrderViewTable::order)
        .optional();
  }

  @Override
  public Page<Order> page(OrderSelection selection, PageRequest request) {
    var last =
        Objects.requireNonNullElse(PageToken.read(request, OrderPlace::parse), OrderPlace.FIRST);
    var most = request.size() + 1;
    var found = List.<Order>of();
    for (var query : OrderQuery.inTurn(COLUMNS, selection, last, most)) {
      found = pages.sql(query.sql()).params(query.parameters()).query(OrderViewTable::order).list();
      if (found.size() == most) {
        break;
      }
    }
    return Page.of(found, request, order -> OrderPlace.of(order).text());
  }

  /**
   * Takes in chains of different orders, each as far as its row does not know it.
   *
   * @param table the one to write to
   * @return the last sequence that each row knows that was written, by order
   */
  SortedMap<String, Long> take(String table, List<Chain> chains) {
    var known = new TreeMap<String, Long>();
    var placed =
        chains.stream().filter(OrderViewTable::places).map(OrderViewTable::placed).toList();
    if (!placed.isEmpty()) {
      known.putAll(insert(table, placed));
    }
    var ended = chains.stream().filter(OrderViewTable::ends).toList();
    if (!ended.isEmpty()) {
      known.putAll(update(table, ended));
    }
    return known;
  }

  private static boolean places(Chain chain) {
    return chain.isWhole() && chain.events(OrderEvent.class).getFirst() instanceof OrderPlacedEvent;
  }

  private static boolean ends(Chain chain) {
    return !chain.isWhole()
        && !(chain.events(OrderEvent.class).getLast() instanceof OrderPlacedEvent);
  }

  private static Order placed(Chain chain) {
    return OrderHistory.of(chain.events(OrderEvent.class));
  }

  /** What an order was placed with never changes. */
  private Map<String, Long> insert(String table, List<Order> orders) {
    return known(
        """
        INSERT INTO %s AS view (order_id, user_id, lines, total, currency, version, payment_method,
          status, cancel_reason, created_at, updated_at, order_sequence)
        SELECT order_id, user_id, lines::jsonb, total, currency, version, payment_method, status,
          cancel_reason, created_at, updated_at, order_sequence
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS row (order_id, user_id, lines, total,
          currency, version, payment_method, status, cancel_reason, created_at, updated_at,
          order_sequence)
        ORDER BY order_id
        ON CONFLICT (order_id) DO UPDATE SET status = excluded.status,
          cancel_reason = excluded.cancel_reason, updated_at = excluded.updated_at,
          order_sequence = excluded.order_sequence
        WHERE view.order_sequence < excluded.order_sequence
        RETURNING view.order_id, view.order_sequence\
        """
            .formatted(table),
        Columns.of(orders)
            .with("text", order -> order.orderId().value())
            .with("text", order -> order.userId().value())
            .with("text", order -> OrderLines.write(order.items()))
            .with("numeric", order -> order.total().amount())
            .with("text", order -> order.total().currency().getCurrencyCode())
            .with("text", order -> order.version().value())
            .with(
                "text",
                order -> order.paymentMethod() == null ? null : order.paymentMethod().value())
            .with("text", Order::status)
            .with("text", Order::cancelReason)
            .with("timestamptz", order -> order.createdAt().toString())
            .with("timestamptz", order -> order.updatedAt().toString())
            .with("bigint", order -> order.revision() + Chain.NOTHING));
  }

  private Map<String, Long> update(String table, List<Chain> chains) {
    return known(
        """
        UPDATE %s AS view SET status = row.status, cancel_reason = row.cancel_reason,
          updated_at = row.updated_at, order_sequence = row.last
        FROM unnest(?, ?, ?, ?, ?, ?)
          AS row (order_id, first, last, status, cancel_reason, updated_at)
        WHERE view.order_id = row.order_id
          AND view.order_sequence BETWEEN row.first - 1 AND row.last - 1
        RETURNING view.order_id, view.order_sequence\
        """
            .formatted(table),
        Columns.of(chains)
            .with("text", Chain::key)
            .with("bigint", Chain::first)
            .with("bigint", Chain::last)
            .with("text", chain -> end(chain).status())
            .with("text", chain -> end(chain).reason())
            .with("timestamptz", chain -> end(chain).when().toString()));
  }

  private static OrderEnd end(Chain chain) {
    return OrderHistory.end(chain.events(OrderEvent.class).getLast());
  }

  /** The last sequence that each of the orders knows that are there. */
  Map<String, Long> sequences(String table, Collection<String> orderIds) {
    return known(
        "SELECT order_id, order_sequence FROM %s WHERE order_id = ANY (?)".formatted(table),
        Columns.of(orderIds).with("text", orderId -> orderId));
  }

  private Map<String, Long> known(String sql, Columns<?> columns) {
    return jdbc
        .sql(sql)
        .params(columns.arrays())
        .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Order order(ResultSet row, int number) throws SQLException {
    var method = row.getString("payment_method");
    var reason = row.getString("cancel_reason");
    return new Order(
        new OrderId(row.getString("order_id")),
        new UserId(row.getString("user_id")),
        OrderLines.read(row.getString("lines")),
        new Money(row.getBigDecimal("total"), Money.currency(row.getString("currency"))),
        new IdempotencyKey(row.getString("version")),
        method == null ? null : new PaymentMethod(method),
        OrderStatus.valueOf(row.getString("status")),
        reason == null ? null : CancelReason.valueOf(reason),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        row.getLong("revision"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
