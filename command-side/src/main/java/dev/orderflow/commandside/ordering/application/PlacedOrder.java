package dev.orderflow.commandside.ordering.application;

import dev.orderflow.api.ordering.OrderCommand.PlaceOrder;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.ordering.model.OrderState;

/**
 * The answer to a request to place an order.
 *
 * @param replayed whether an earlier request with the same key had placed it already
 */
public record PlacedOrder(OrderState order, boolean replayed) {
  /**
   * The answer when the key has placed an order already.
   *
   * @throws Rejection.IdempotencyKeyReused when that was another request
   */
  static PlacedOrder replay(OrderState order, PlaceOrder command) throws Rejection {
    if (!order.fingerprint().equals(command.fingerprint())) {
      throw new Rejection.IdempotencyKeyReused();
    }
    return new PlacedOrder(order, true);
  }
}
