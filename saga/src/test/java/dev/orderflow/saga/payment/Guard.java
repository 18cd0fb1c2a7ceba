package dev.orderflow.saga.payment;

import java.time.Duration;

/** Settings of the guard in front of a provider. */
final class Guard {
  private Guard() {}

  static PaymentProperties properties(Duration timeout, int calls, Duration pause) {
    return new PaymentProperties(
        timeout,
        calls,
        20,
        pause,
        new PaymentProperties.Simulated(1, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }
}
