package dev.orderflow.queryside.ordering.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.queryside.ordering.model.Order;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as JSON.
 *
 * @param totalAmount in major units of the currency, as is the price of each item
 * @param currency ISO 4217
 * @param version the client's idempotency key
 * @param cancelReason left out unless the order is cancelled
 */
@Schema(name = "Order")
record OrderJson(
    String orderId,
    String userId,
    OrderStatus status,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String currency,
    String version,
    Instant createdAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CancelReason cancelReason) {
  static OrderJson of(Order order) {
    return new OrderJson(
        order.orderId().value(),
        order.userId().value(),
        order.status(),
        order.items(),
        order.total().amount(),
        order.total().currency().getCurrencyCode(),
        order.version().value(),
        order.createdAt(),
        order.cancelReason());
  }
}
