package dev.orderflow.saga.payment;

import dev.orderflow.api.payment.PaymentId;
import java.util.Collection;
import java.util.Map;

/** The payments as the command side knows them. */
@FunctionalInterface
interface Payments {
  /** How payments stand; those that do not exist are missing. */
  Map<PaymentId, KnownPayment> find(Collection<PaymentId> payments);
}
