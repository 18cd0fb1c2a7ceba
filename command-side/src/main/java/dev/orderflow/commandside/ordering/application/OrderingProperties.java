package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What one order, and one customer, may hold.
 *
 * @param maxPieces most pieces of one order, over all of its lines
 * @param maxOpenOrders most orders of one customer that are neither confirmed nor cancelled
 * @param maxOpenPieces most pieces of all these orders together; no less than those of one order
 */
@Validated
@ConfigurationProperties("orderflow.ordering")
record OrderingProperties(
    @DefaultValue("10000") @Min(1) @Max(PlaceOrder.MAX_LINES * (long) Quantity.MAX) long maxPieces,
    @DefaultValue("1000") @Min(1) @Max(100_000) int maxOpenOrders,
    @DefaultValue("50000") @Min(1) long maxOpenPieces) {
  @AssertTrue(message = "orderflow.ordering.max-open-pieces must be no less than max-pieces")
  boolean isRoomForEveryOrder() {
    return maxOpenPieces >= maxPieces;
  }
}
