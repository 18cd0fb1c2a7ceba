package dev.orderflow.saga.payment;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentStatus;

/** The payments as the command side knows them. */
interface Payments {
  PaymentStatus statusOf(PaymentId paymentId);

  /** Records the provider's answer; what was recorded first stands. */
  void complete(PaymentId paymentId, OrderId orderId, ChargeAnswer answer);

  /** Records that the money was given back. */
  void completeRefund(PaymentId paymentId);
}
