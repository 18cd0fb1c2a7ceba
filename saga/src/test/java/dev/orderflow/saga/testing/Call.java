package dev.orderflow.saga.testing;

/**
 * A call that reached the command side.
 *
 * @param method such as {@code ConfirmOrder}
 * @param subject the order, payment or product that it is about
 * @param nanos when it came, by {@link System#nanoTime()}
 */
public record Call(String method, String subject, long nanos) {
  @Override
  public String toString() {
    return method + " " + subject;
  }
}
