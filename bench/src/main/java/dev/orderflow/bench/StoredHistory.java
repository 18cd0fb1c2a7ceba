package dev.orderflow.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.EventRevision;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.inventory.StockCommittedEvent;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.inventory.StockReservedEvent;
import dev.orderflow.api.ordering.IdempotencyKey;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.RequestFingerprint;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.serialization.EventJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The history of a shop, written straight into an event store: products with stock, and orders of
 * one piece that are confirmed and sold. Payments, which no view shows, are left out.
 */
final class StoredHistory {
  private static final int PRODUCTS = 1_000;
  private static final int EVENTS_PER_PRODUCT = 2;
  private static final int EVENTS_PER_ORDER = 4;
  private static final int ROWS_AT_ONCE = 1_000;
  private static final int MUCH = 1_000_000;
  private static final Currency VND = Currency.getInstance("VND");
  private static final BigDecimal PRICE = new BigDecimal("50000.0");
  private static final Quantity ONE = new Quantity(1);
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final ObjectMapper json = EventJson.mapper();
  private final PreparedStatement insert;
  private final Map<String, Long> next = new HashMap<>();
  private long written;

  /** The names of the aggregates' types in the event store, by the prefix of their streams. */
  private static final Map<String, String> TYPES =
      Map.of("product", "Product", "stock", "InventoryItem", "order", "Order");

  private StoredHistory(PreparedStatement insert) {
    this.insert = insert;
  }

  /**
   * Writes about so many events.
   *
   * @return how many
   */
  static long fill(Connection database, int events) throws SQLException, IOException {
    database.setAutoCommit(false);
    try (var insert =
        database.prepareStatement(
            """
            INSERT INTO command_side.domain_event (event_id, aggregate_id, sequence_number, type,
              payload_type, payload_revision, payload, metadata, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)) {
      var history = new StoredHistory(insert);
      history.write((events - PRODUCTS * EVENTS_PER_PRODUCT) / EVENTS_PER_ORDER);
      insert.executeBatch();
      database.commit();
      database.setAutoCommit(true);
      return history.written;
    }
  }

  private void write(int orders) throws SQLException, IOException {
    for (var i = 0; i < PRODUCTS; i++) {
      var product = product(i);
      append(
          "product-" + product,
          new ProductCreatedEvent(product, "Kettle " + i, "1.7 l", PRICE, VND, 1, true, BEGIN));
      append(
          "stock-" + product,
          new StockReceivedEvent(product, new Quantity(MUCH), new StockLevels(MUCH, 0, 0), BEGIN));
    }
    for (var i = 0; i < orders; i++) {
      order(i);
    }
  }

  private void order(int number) throws SQLException, IOException {
    var product = product(number % PRODUCTS);
    var user = new UserId("user" + number % 100);
    var key = new IdempotencyKey("%s_20260101000000_%d".formatted(user, number));
    var order = OrderId.of(user, key);
    var at = BEGIN.plusSeconds(number);
    var sold = number / PRODUCTS;
    append(
        "stock-" + product,
        new StockReservedEvent(
            product,
            ReservationId.of(order),
            ONE,
            new StockLevels(MUCH - sold - 1, 1, sold),
            null,
            at));
    append(
        "order-" + order,
        new OrderPlacedEvent(
            order,
            user,
            List.of(new OrderItem(product, ONE, PRICE)),
            PRICE,
            VND,
            key,
            new PaymentMethod("pm_card_visa"),
            new RequestFingerprint("0123456789abcdef"),
            at));
    append("order-" + order, new OrderConfirmedEvent(order, at));
    append(
        "stock-" + product,
        new StockCommittedEvent(
            product,
            ReservationId.of(order),
            ONE,
            new StockLevels(MUCH - sold - 1, 0, sold + 1),
            at));
  }

  private static ProductId product(int number) {
    return new ProductId("BENCH-" + number);
  }

  private void append(String stream, DomainEvent event) throws SQLException, IOException {
    var sequence = next.merge(stream, 1L, Long::sum) - 1;
    insert.setString(1, UUID.randomUUID().toString());
    insert.setString(2, stream);
    insert.setLong(3, sequence);
    insert.setString(4, TYPES.get(stream.substring(0, stream.indexOf('-'))));
    insert.setString(5, event.getClass().getName());
    insert.setString(
        6, Integer.toString(event.getClass().getAnnotation(EventRevision.class).value()));
    insert.setBytes(7, json.writeValueAsBytes(event));
    insert.setBytes(8, "{}".getBytes(StandardCharsets.UTF_8));
    insert.setString(9, event.timestamp().toString());
    insert.addBatch();
    written++;
    if (written % ROWS_AT_ONCE == 0) {
      insert.executeBatch();
    }
  }
}
