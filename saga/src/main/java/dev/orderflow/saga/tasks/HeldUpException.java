package dev.orderflow.saga.tasks;

import dev.orderflow.api.ordering.OrderId;

/** The task has to wait behind a dead letter of its order. */
final class HeldUpException extends RuntimeException {
  HeldUpException(OrderId orderId) {
    super("It follows a dead letter of " + orderId, null, false, false);
  }
}
