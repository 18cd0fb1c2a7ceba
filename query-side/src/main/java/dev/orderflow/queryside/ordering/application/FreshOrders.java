package dev.orderflow.queryside.ordering.application;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.error.UnavailableException;
import dev.orderflow.queryside.ordering.model.Order;
import java.util.Optional;

/**
 * Finds an order from the moment it is placed. It costs a call, so only orders that the view does
 * not know are asked for.
 */
public interface FreshOrders {
  /**
   * One order, asked for in the name of the current caller; empty when there is none that the
   * caller may see.
   *
   * @throws UnavailableException when the command side does not answer in time
   */
  Optional<Order> find(OrderId orderId);
}
