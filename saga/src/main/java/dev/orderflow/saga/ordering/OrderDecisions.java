package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import java.time.Instant;

/** Where the saga writes down what is to be done. Both are stored, or both are decided again. */
interface OrderDecisions {
  /**
   * Lets a command be sent, at least once.
   *
   * @param command one of those that {@link SagaCommand} declares
   */
  void send(Object command);

  /**
   * Whether an order of that time may have been confirmed or cancelled by a release that did not
   * settle its stock. Then the saga has to settle it.
   */
  boolean mustSettleStock(Instant placedAt);

  /** Lets a {@link PaymentDeadlinePassed} come when the payment has taken too long. */
  void startPaymentDeadline(OrderId orderId, Instant placedAt);

  /** Starts the deadline from that time, unless one is running. */
  void keepPaymentDeadline(OrderId orderId, Instant from);

  /** Stops the deadline. One that has passed already may still be heard. */
  void stopPaymentDeadline(OrderId orderId);
}
