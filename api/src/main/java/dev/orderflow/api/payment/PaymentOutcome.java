package dev.orderflow.api.payment;

/** How a payment ended. */
public enum PaymentOutcome {
  /** The money was taken. */
  SUCCESS,
  /** The money was not taken, and never will be by this payment. */
  FAILED
}
