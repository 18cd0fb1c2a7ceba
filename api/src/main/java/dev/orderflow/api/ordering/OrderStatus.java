package dev.orderflow.api.ordering;

/** Where an order stands. CONFIRMED and CANCELLED are final. */
public enum OrderStatus {
  /** Stock is held, the payment is under way. */
  PENDING,
  /** Paid; the stock is sold. */
  CONFIRMED,
  /** Undone: the stock is available again, and a payment is refunded. */
  CANCELLED;

  /** Whether it stays for ever. */
  public boolean isFinal() {
    return this != PENDING;
  }
}
