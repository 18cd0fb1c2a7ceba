package dev.orderflow.saga.ordering;

import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import java.time.Instant;

/**
 * Where the saga writes down what is to be done. It counts when the saga's transaction commits, and
 * from then on it is tried until it is done, at least once. What is written down already stays as
 * it is.
 */
interface OrderTasks {
  void send(RequestPayment command);

  void send(ConfirmOrder command);

  void send(CancelOrder command);

  void send(CommitStock command);

  void send(ReleaseStock command);

  void send(RequestRefund command);

  /** Lets a {@link PaymentDeadlinePassed} come when the payment has taken too long. */
  void startPaymentDeadline(OrderId orderId, Instant placedAt);

  /** It may still come, if it is on its way already. */
  void cancelPaymentDeadline(OrderId orderId);
}
