package dev.orderflow.api.ordering;

/** Why an order was cancelled. */
public enum CancelReason {
  /** The customer asked for it. */
  CUSTOMER_REQUEST,
  /** The payment was declined. */
  PAYMENT_FAILED,
  /** No outcome of the payment was known when its deadline passed. */
  PAYMENT_TIMEOUT
}
