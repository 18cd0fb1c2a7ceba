package dev.orderflow.saga.payment;

import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentStatus;
import java.util.Collection;
import java.util.Map;

/** The payments as the command side knows them. */
@FunctionalInterface
interface Payments {
  /** Where payments stand; those that do not exist are missing. */
  Map<PaymentId, PaymentStatus> statusOf(Collection<PaymentId> payments);
}
