package dev.orderflow.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Objects;

/**
 * An amount of a currency in major units, such as 50000 VND or 12.50 EUR. Never negative; the scale
 * is always the currency's, so that equal amounts are equal objects.
 *
 * @param amount at most {@value #MAX_INTEGER_DIGITS} digits before the decimal point
 * @param currency ISO 4217
 */
public record Money(
    BigDecimal amount,
    @Meaning(value = "The code of the currency, ISO 4217.", form = "[A-Z]{3}") Currency currency) {
  /** What is said of every amount. */
  public static final String IN_MAJOR_UNITS =
      ", in major units of the currency. A double holds up to 15 digits of it exactly.";

  /** Enough for any total of a valid order: amounts are exact and cannot overflow. */
  public static final int MAX_INTEGER_DIGITS = 24;

  /**
   * @throws InvalidValueException when the amount is negative, too large, or finer than the
   *     currency's smallest unit
   */
  public Money {
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(amount, "amount");
    if (amount.signum() < 0) {
      throw new InvalidValueException("amount", "must not be negative");
    }
    if (integerDigits(amount) > MAX_INTEGER_DIGITS) {
      throw new InvalidValueException(
          "amount", "must have at most " + MAX_INTEGER_DIGITS + " digits before the point");
    }
    var digits = currency.getDefaultFractionDigits();
    if (digits < 0) {
      throw new InvalidValueException("currency", "must be a currency that can be paid with");
    }
    if (amount.stripTrailingZeros().scale() > digits) {
      throw new InvalidValueException(
          "amount", "must have at most " + digits + " decimals in " + currency.getCurrencyCode());
    }
    amount = amount.setScale(digits, RoundingMode.UNNECESSARY);
  }

  /** How many digits stand before the decimal point; for any number that can be written. */
  public static long integerDigits(BigDecimal amount) {
    return (long) amount.precision() - amount.scale();
  }

  /** Zero of a currency. */
  public static Money zero(Currency currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /**
   * Reads a currency's code.
   *
   * @throws InvalidValueException when it is not an ISO 4217 code
   */
  public static Currency currency(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException _) {
      throw new InvalidValueException("currency", "must be an ISO 4217 code such as VND");
    }
  }

  /**
   * The sum of both.
   *
   * @throws IllegalArgumentException when the currencies differ
   */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(currency + " and " + other.currency + " do not add up");
    }
    return new Money(amount.add(other.amount), currency);
  }

  /** This amount, as often as the quantity says. */
  public Money times(Quantity quantity) {
    return new Money(amount.multiply(BigDecimal.valueOf(quantity.value())), currency);
  }
}
