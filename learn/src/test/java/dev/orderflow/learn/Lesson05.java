package dev.orderflow.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A quote is good when it names the offer of now, not only its amount. */
abstract class Lesson05 {
  /** Whether the customer has seen the offer of now. */
  abstract boolean isCurrent(Quote quote, Quote offer);

  /** A price as it was shown, and which of the product's prices it is. */
  record Quote(long price, long version) {}

  @Test
  void the_offer_of_now_is_good() {
    assertThat(isCurrent(new Quote(50_000, 1), new Quote(50_000, 1))).isTrue();
  }

  @Test
  void another_price_is_not() {
    assertThat(isCurrent(new Quote(50_000, 1), new Quote(60_000, 2))).isFalse();
  }

  @Test
  void nor_is_a_price_that_was_changed_and_changed_back() {
    assertThat(isCurrent(new Quote(50_000, 1), new Quote(50_000, 3))).isFalse();
  }

  @Test
  void nor_is_the_right_version_with_an_amount_of_ones_own() {
    assertThat(isCurrent(new Quote(1, 3), new Quote(50_000, 3))).isFalse();
  }
}
