package dev.orderflow.saga.ordering;

/** Where an order stands, as far as its saga has heard. */
enum Stage {
  /** The order is pending; the outcome of its payment is not known. */
  WAITING_FOR_PAYMENT,
  /** The money was taken; the order is being confirmed. */
  CONFIRMING_PAID_ORDER,
  /** The order is said to be confirmed, though nothing was heard of its payment yet. */
  CONFIRMED_WAITING_FOR_PAYMENT,
  /** There is no money; the order is being cancelled. */
  CANCELLING_UNPAID_ORDER,
  /** The payment is said to have gone both ways; each end was asked for, and the order decides. */
  ENDING_DISPUTED_ORDER,
  /** The payment took too long; the order is being cancelled. The money may still come. */
  CANCELLING_OVERDUE_ORDER,
  /** The order is cancelled; the outcome of its payment is not known. */
  CANCELLED_WAITING_FOR_PAYMENT,
  /** The order is cancelled; its money is being given back. */
  CANCELLED_REFUNDING
}
