package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.ordering.OrderStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the saga does with the provider's answer depends on the order's current status. */
abstract class Lesson07 {
  /** What comes next, when the provider has said whether it charged. */
  abstract Next next(OrderStatus order, boolean charged);

  /** A step of the saga. */
  enum Next {
    CONFIRM,
    CANCEL,
    REFUND,
    NOTHING
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, true, CONFIRM",
    "PENDING, false, CANCEL",
    "CANCELLED, true, REFUND",
    "CANCELLED, false, NOTHING",
    "CONFIRMED, true, NOTHING"
  })
  void follows_the_order(OrderStatus order, boolean charged, Next expected) {
    assertThat(next(order, charged)).isEqualTo(expected);
  }
}
