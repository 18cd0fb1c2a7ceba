package dev.orderflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  private static final Currency VND = Currency.getInstance("VND");
  private static final Currency EUR = Currency.getInstance("EUR");

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "-0.01", "0.5", "1e25", "1e2147483647", "1e999999999", "1e-999999999"})
  void an_amount_that_cannot_be_paid_is_refused(String amount) {
    assertThatThrownBy(() -> new Money(new BigDecimal(amount), VND))
        .isInstanceOfSatisfying(
            InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("amount"));
  }

  @Test
  void the_currency_says_how_fine_an_amount_may_be() {
    assertThat(new Money(new BigDecimal("12.50"), EUR).amount()).isEqualTo("12.50");
    assertThatThrownBy(() -> new Money(new BigDecimal("12.505"), EUR))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("at most 2 decimals in EUR");
  }

  @Test
  void what_is_no_money_is_no_currency() {
    assertThatThrownBy(() -> new Money(BigDecimal.ONE, Currency.getInstance("XXX")))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> Money.currency("VNDX")).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void zero_is_an_amount_and_in_the_scale_of_its_currency() {
    assertThat(Money.zero(EUR)).isEqualTo(new Money(new BigDecimal("0.00"), EUR));
    assertThat(Money.zero(EUR).amount()).isEqualTo("0.00");
  }

  @Test
  void the_largest_amount_has_24_digits_before_the_point() {
    var largest = new BigDecimal("9".repeat(24));

    assertThat(new Money(largest, VND).amount()).isEqualTo(largest);
    assertThatThrownBy(() -> new Money(largest.add(BigDecimal.ONE), VND))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void currencies_do_not_mix() {
    assertThatThrownBy(() -> Money.zero(EUR).plus(Money.zero(VND)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_largest_order_has_a_total() {
    var price = new Money(new BigDecimal("9".repeat(15)), VND);
    var total = Money.zero(VND);
    for (var line = 0; line < 100; line++) {
      total = total.plus(price.times(new Quantity(Quantity.MAX)));
    }
    assertThat(total.amount()).isEqualByComparingTo(price.amount().multiply(new BigDecimal("1e8")));
  }
}
