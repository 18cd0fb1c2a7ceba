package dev.orderflow.saga.ordering;

import dev.orderflow.api.ordering.OrderId;
import java.time.Instant;

/**
 * Where the saga writes down what is to be done. It counts when the saga does: both stand, or both
 * are decided again.
 */
interface OrderDecisions {
  /**
   * Lets a command be sent, at least once.
   *
   * @param command one of those that {@link SagaCommand} declares
   */
  void send(Object command);

  /**
   * Whether an order of that time may have been confirmed or cancelled when this did not settle its
   * stock. Then the saga has to see to it.
   */
  boolean mustSettleStock(Instant placedAt);

  /** Lets a {@link PaymentDeadlinePassed} come when the payment has taken too long. */
  void startPaymentDeadline(OrderId orderId, Instant placedAt);

  /** Lets one come, counted from then, unless one is to come already. */
  void keepPaymentDeadline(OrderId orderId, Instant from);

  /** It may still come, if it is on its way already. */
  void stopPaymentDeadline(OrderId orderId);
}
