package dev.orderflow.queryside.ordering.jdbc;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.paging.Page;
import dev.orderflow.platform.paging.PageRequest;
import dev.orderflow.platform.paging.PageToken;
import dev.orderflow.queryside.ordering.application.OrderList;
import dev.orderflow.queryside.ordering.application.OrderReader;
import dev.orderflow.queryside.ordering.model.Order;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import dev.orderflow.queryside.paging.PageQueries;
import dev.orderflow.queryside.projection.History;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
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
  private final JdbcTemplate batches;
  private final PageQueries pages;

  OrderViewTable(JdbcClient jdbc, JdbcTemplate batches, PageQueries pages) {
    this.jdbc = jdbc;
    this.batches = batches;
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
   * Those of the orders that are there, by id. Their partition's position keeps others away.
   *
   * @param generation the table to read
   */
  Map<String, Order> load(String generation, Collection<String> orderIds) {
    return jdbc
        .sql("SELECT %s FROM %s WHERE order_id = ANY (?)".formatted(COLUMNS, generation))
        .param(new SqlArrayValue("text", orderIds.toArray()))
        .query(OrderViewTable::order)
        .list()
        .stream()
        .collect(Collectors.toMap(order -> order.orderId().value(), Function.identity()));
  }

  /**
   * Makes or changes rows. What an order was placed with never changes.
   *
   * @param generation the table to write to
   */
  void save(String generation, Collection<Order> orders) {
    batches.batchUpdate(
        """
        INSERT INTO %s (order_id, user_id, lines, total, currency, version, payment_method,
          status, cancel_reason, created_at, updated_at, order_sequence)
        VALUES (?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (order_id) DO UPDATE SET status = excluded.status,
          cancel_reason = excluded.cancel_reason, updated_at = excluded.updated_at,
          order_sequence = excluded.order_sequence\
        """
            .formatted(generation),
        orders.stream().map(OrderViewTable::row).toList());
  }

  private static @Nullable Object[] row(Order order) {
    var method = order.paymentMethod();
    var reason = order.cancelReason();
    return new @Nullable Object[] {
      order.orderId().value(),
      order.userId().value(),
      OrderLines.write(order.items()),
      order.total().amount(),
      order.total().currency().getCurrencyCode(),
      order.version().value(),
      method == null ? null : method.value(),
      order.status().name(),
      reason == null ? null : reason.name(),
      order.createdAt().atOffset(ZoneOffset.UTC),
      order.updatedAt().atOffset(ZoneOffset.UTC),
      order.revision() + History.NOTHING
    };
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
