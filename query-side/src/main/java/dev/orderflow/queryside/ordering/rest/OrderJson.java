package dev.orderflow.queryside.ordering.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.queryside.ordering.model.Order;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as JSON. */
@Schema(name = "Order")
@MeaningOf(OrderPlacedEvent.class)
record OrderJson(
    String orderId,
    String userId,
    OrderStatus status,
    List<OrderItem> items,
    BigDecimal totalAmount,
    String currency,
    String version,
    @Meaning(OrderPlacedEvent.TIME) Instant createdAt,
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
