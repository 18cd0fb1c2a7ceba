package dev.orderflow.api.ordering;

import dev.orderflow.api.Meaning;

/** Why an order was cancelled. */
@Meaning("Why; only when it is cancelled.")
public enum CancelReason {
  /** The customer asked for it. */
  CUSTOMER_REQUEST,
  /** The payment was declined. */
  PAYMENT_FAILED,
  /** No outcome of the payment was known when its deadline passed. */
  PAYMENT_TIMEOUT
}
