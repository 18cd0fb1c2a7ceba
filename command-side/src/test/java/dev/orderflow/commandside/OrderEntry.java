package dev.orderflow.commandside;

import java.math.BigDecimal;

/** A place where customers order one piece of a product. */
interface OrderEntry extends AutoCloseable {
  /** One attempt. */
  Outcome order(String token, String key, Outcome.PriceIs price);

  @Override
  default void close() {}

  /** What the customer is told. */
  sealed interface Outcome {
    /** The order is placed, now or before. */
    record Placed(String orderId) implements Outcome {}

    /** Not at the price that the customer has seen. */
    record PriceIs(BigDecimal price, long version) implements Outcome {}

    /** Nothing is left. */
    record SoldOut() implements Outcome {}

    /** The key has placed an order at another price: its twin was faster. */
    record KeyTaken() implements Outcome {}

    /** Unavailable at the moment, or too much at once. */
    record TryAgain() implements Outcome {}

    /** What the contract does not know. */
    record Unexpected(String answer) implements Outcome {}
  }
}
