package dev.orderflow.queryside.ordering.jdbc;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.queryside.ordering.model.Order;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;

/**
 * Where an order stands in a list by time.
 *
 * @param createdAt {@link OffsetDateTime#MAX} is PostgreSQL's infinity
 */
record OrderPlace(OffsetDateTime createdAt, String orderId) {
  /** Before the newest. */
  static final OrderPlace FIRST = new OrderPlace(OffsetDateTime.MAX, "");

  private static final Comparator<OrderPlace> NEWEST_FIRST =
      Comparator.comparing((OrderPlace place) -> place.createdAt().toInstant())
          .thenComparing(OrderPlace::orderId)
          .reversed();
  private static final String SEPARATOR = " ";
  private static final int LAST_YEAR = 9_999;

  static OrderPlace of(Order order) {
    return new OrderPlace(order.createdAt().atOffset(ZoneOffset.UTC), order.orderId().value());
  }

  /** Before the newest of those that are older than a time. */
  static OrderPlace before(Instant time) {
    return new OrderPlace(time.atOffset(ZoneOffset.UTC), "");
  }

  /** The one of the two that comes later in the list. */
  OrderPlace orOlder(OrderPlace other) {
    return NEWEST_FIRST.compare(this, other) >= 0 ? this : other;
  }

  /** Reads {@link #text()}; refuses anything else as a page token must. */
  static OrderPlace parse(String text) {
    var parts = text.split(SEPARATOR, 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("a time and an id");
    }
    var createdAt = Instant.parse(parts[0]).atOffset(ZoneOffset.UTC);
    if (createdAt.getYear() < 1 || createdAt.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException("a time that the database knows");
    }
    return new OrderPlace(createdAt, new OrderId(parts[1]).value());
  }

  String text() {
    return createdAt.toInstant() + SEPARATOR + orderId;
  }
}
