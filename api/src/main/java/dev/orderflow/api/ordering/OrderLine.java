package dev.orderflow.api.ordering;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import dev.orderflow.api.MeaningOf;
import dev.orderflow.api.Money;
import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductCreatedEvent;
import dev.orderflow.api.catalog.ProductId;
import java.math.BigDecimal;

/**
 * One line of an order as the customer asks for it.
 *
 * @param expectedPrice what the customer was shown for one piece, in major units of the product's
 *     currency
 * @param priceVersion the version of that price, from 1
 */
public record OrderLine(
    ProductId productId,
    Quantity quantity,
    @Meaning("What the customer was shown" + Money.IN_MAJOR_UNITS) BigDecimal expectedPrice,
    @MeaningOf(ProductCreatedEvent.class) long priceVersion) {
  /**
   * @throws InvalidValueException when a value breaks its rule
   */
  public OrderLine {
    if (expectedPrice.signum() <= 0) {
      throw new InvalidValueException("expectedPrice", "must be more than zero");
    }
    if (Math.max(expectedPrice.scale(), Money.integerDigits(expectedPrice))
        > Money.MAX_INTEGER_DIGITS) {
      throw new InvalidValueException(
          "expectedPrice",
          "must have at most " + Money.MAX_INTEGER_DIGITS + " digits on each side of the point");
    }
    if (priceVersion < 1) {
      throw new InvalidValueException("priceVersion", "must be at least 1");
    }
  }
}
