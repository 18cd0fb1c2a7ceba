package dev.orderflow.queryside.ordering.model;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.UserId;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which orders a list is narrowed to: those that meet everything that is not null.
 *
 * @param orderId that one order
 * @param userId orders of that customer
 * @param productId orders with a line of that product
 * @param status orders that stand there
 * @param placedFrom orders placed at that time or later
 * @param placedTo orders placed before that time
 */
public record OrderSelection(
    @Nullable OrderId orderId,
    @Nullable UserId userId,
    @Nullable ProductId productId,
    @Nullable OrderStatus status,
    @Nullable Instant placedFrom,
    @Nullable Instant placedTo) {
  /** Every order. */
  public static final OrderSelection ALL = new OrderSelection(null, null, null, null, null, null);

  private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * @throws InvalidValueException when the time ends before it begins, or has a year that is not
   *     one of four digits
   */
  public OrderSelection {
    requireYear("placedFrom", placedFrom);
    requireYear("placedTo", placedTo);
    if (placedFrom != null && placedTo != null && placedFrom.isAfter(placedTo)) {
      throw new InvalidValueException("placedFrom", "must not be after placedTo");
    }
  }

  /** Those among them that a customer has placed. */
  public OrderSelection of(UserId customer) {
    return new OrderSelection(orderId, customer, productId, status, placedFrom, placedTo);
  }

  private static void requireYear(String field, @Nullable Instant time) {
    if (time != null && (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME))) {
      throw new InvalidValueException(field, "must be in one of the years 0001 to 9999");
    }
  }

  /** The same text for the same selection; empty when it is every order. */
  public String text() {
    return equals(ALL)
        ? ""
        : Stream.of(orderId, userId, productId, status, placedFrom, placedTo)
            .map(String::valueOf)
            .collect(Collectors.joining(" "));
  }
}
