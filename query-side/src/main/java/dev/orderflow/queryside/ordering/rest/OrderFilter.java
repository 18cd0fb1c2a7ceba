package dev.orderflow.queryside.ordering.rest;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.platform.error.InvalidRequestException;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A selection of orders as a query says it. What is missing or empty does not narrow the list.
 *
 * @param placedFrom ISO 8601 with an offset, as is {@code placedTo}
 */
record OrderFilter(
    @MeaningOf(OrderId.class) @Nullable String orderId,
    @MeaningOf(UserId.class) @Nullable String userId,
    @MeaningOf(ProductId.class) @Nullable String productId,
    @MeaningOf(OrderStatus.class) @Nullable String status,
    @Meaning(value = "Selects what was placed at this time or later.", format = "date-time")
        @Nullable String placedFrom,
    @Meaning(value = "Selects what was placed before this time.", format = "date-time")
        @Nullable String placedTo) {
  /** What customers may say. */
  static OrderFilter of(
      @Nullable String status, @Nullable String placedFrom, @Nullable String placedTo) {
    return new OrderFilter(null, null, null, status, placedFrom, placedTo);
  }

  /**
   * @throws InvalidRequestException names every parameter that breaks its rule
   */
  OrderSelection selection() {
    var check = new RequestCheck();
    var order = check.optional("orderId", orderId, OrderId::new);
    var user = check.optional("userId", userId, UserId::new);
    var product = check.optional("productId", productId, ProductId::new);
    var stands = check.optional("status", status, OrderFilter::statusOf);
    var from = check.optional("placedFrom", placedFrom, text -> timeOf("placedFrom", text));
    var to = check.optional("placedTo", placedTo, text -> timeOf("placedTo", text));
    return check.orThrow(() -> new OrderSelection(order, user, product, stands, from, to));
  }

  private static OrderStatus statusOf(String text) {
    return Arrays.stream(OrderStatus.values())
        .filter(status -> status.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new InvalidValueException(
                "status",
                "must be one of "
                    + Arrays.stream(OrderStatus.values())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))));
  }

  private static Instant timeOf(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw new InvalidValueException(
          field,
          "must be a time with its offset, such as 2026-11-22T10:00:00Z; a + in it must be encoded");
    }
  }
}
