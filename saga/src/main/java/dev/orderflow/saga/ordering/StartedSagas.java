package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;

/** Remembers every order that ever got a saga, also after the saga has ended. */
interface StartedSagas {
  /**
   * Notes that the order gets its saga now.
   *
   * @return false when it got one before
   */
  boolean add(OrderId orderId);
}
