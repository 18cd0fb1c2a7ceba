package dev.orderflow.api.payment;

/** Where a payment stands. */
public enum PaymentStatus {
  /** Asked for; the provider's answer is not known yet. */
  REQUESTED,
  /** The money was taken. */
  SUCCEEDED,
  /** The money was not taken. */
  FAILED,
  /** The money was taken and is to be given back. */
  REFUND_REQUESTED,
  /** The money was given back. */
  REFUNDED
}
