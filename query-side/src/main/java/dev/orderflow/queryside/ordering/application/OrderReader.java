package dev.orderflow.queryside.ordering.application;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.queryside.ordering.model.Order;
import java.util.Optional;

/** Reads orders by id, of all customers. The answer may be a moment old. */
public interface OrderReader {
  /** One order; empty when it is not known, or not yet. */
  Optional<Order> find(OrderId orderId);
}
