package dev.orderflow.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Money for any amount and currency: exact, bounded, and one object per amount. */
class MoneyPropertyTest {
  private static final BigDecimal BOUND = BigDecimal.TEN.pow(Money.MAX_INTEGER_DIGITS);

  @Property
  void a_sum_is_exact_or_refused(@ForAll("pairs") Pair pair) {
    var exact = pair.one().amount().add(pair.other().amount());

    if (exact.compareTo(BOUND) < 0) {
      assertThat(pair.one().plus(pair.other()).amount()).isEqualByComparingTo(exact);
      assertThat(pair.one().plus(pair.other())).isEqualTo(pair.other().plus(pair.one()));
    } else {
      assertThatThrownBy(() -> pair.one().plus(pair.other()))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  @Property
  void a_multiple_is_exact_or_refused(
      @ForAll("amounts") Money money, @ForAll @IntRange(min = 1, max = Quantity.MAX) int pieces) {
    var exact = money.amount().multiply(BigDecimal.valueOf(pieces));

    if (exact.compareTo(BOUND) < 0) {
      assertThat(money.times(new Quantity(pieces)).amount()).isEqualByComparingTo(exact);
    } else {
      assertThatThrownBy(() -> money.times(new Quantity(pieces)))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  @Property
  void an_amount_is_the_same_object_however_many_zeros_it_is_written_with(
      @ForAll("amounts") Money money, @ForAll @IntRange(max = 30) int zeros) {
    var longer = money.amount().setScale(money.amount().scale() + zeros);

    assertThat(new Money(longer, money.currency())).isEqualTo(money);
    assertThat(new Money(money.amount().stripTrailingZeros(), money.currency())).isEqualTo(money);
  }

  @Property
  void an_amount_finer_than_the_smallest_unit_is_refused(
      @ForAll("amounts") Money money, @ForAll @IntRange(min = 1, max = 9) int digit) {
    var finer = money.amount().add(BigDecimal.valueOf(digit, money.amount().scale() + 1));

    assertThatThrownBy(() -> new Money(finer, money.currency()))
        .isInstanceOf(InvalidValueException.class);
  }

  record Pair(Money one, Money other) {}

  @Provide
  Arbitrary<Pair> pairs() {
    return currencies()
        .flatMap(
            currency -> Combinators.combine(amounts(currency), amounts(currency)).as(Pair::new));
  }

  @Provide
  Arbitrary<Money> amounts() {
    return currencies().flatMap(MoneyPropertyTest::amounts);
  }

  private static Arbitrary<Currency> currencies() {
    return Arbitraries.of("VND", "EUR", "KWD").map(Currency::getInstance);
  }

  private static Arbitrary<Money> amounts(Currency currency) {
    var digits = currency.getDefaultFractionDigits();
    var largest = BigInteger.TEN.pow(Money.MAX_INTEGER_DIGITS + digits).subtract(BigInteger.ONE);
    return Arbitraries.bigIntegers()
        .between(BigInteger.ZERO, largest)
        .map(units -> new Money(new BigDecimal(units, digits), currency));
  }
}
