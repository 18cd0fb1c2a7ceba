package dev.orderflow.commandside.ordering.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderItem;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.commandside.ordering.model.OrderState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as REST shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Order")
@MeaningOf(OrderPlacedEvent.class)
record OrderJson(
    String orderId,
    String userId,
    @MeaningOf(OrderStatus.class) String status,
    List<ItemJson> items,
    BigDecimal totalAmount,
    String currency,
    String version,
    @Meaning(OrderPlacedEvent.TIME) Instant createdAt,
    @MeaningOf(CancelReason.class) @Nullable String cancelReason) {
  @Schema(name = "OrderItem")
  @MeaningOf(OrderItem.class)
  record ItemJson(String productId, int quantity, BigDecimal price) {
    static ItemJson of(OrderItem item) {
      return new ItemJson(item.productId().value(), item.quantity().value(), item.price());
    }
  }

  static OrderJson of(OrderState order) {
    return new OrderJson(
        order.orderId().value(),
        order.userId().value(),
        order.status().name(),
        order.items().stream().map(ItemJson::of).toList(),
        order.total().amount(),
        order.total().currency().getCurrencyCode(),
        order.version().value(),
        order.createdAt(),
        order.cancelReason() == null ? null : order.cancelReason().name());
  }
}
