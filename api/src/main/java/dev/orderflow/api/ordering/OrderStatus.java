package dev.orderflow.api.ordering;

import dev.orderflow.api.Meaning;

/** Where an order stands. CONFIRMED and CANCELLED are final. */
@Meaning("Where the order stands.")
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
