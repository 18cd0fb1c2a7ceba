package dev.orderflow.api.catalog;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Money;
import dev.orderflow.api.TextRule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What can be asked of a product. */
public sealed interface CatalogCommand {
  /** The product it is asked of. */
  ProductId productId();

  /**
   * Puts a product into the catalog, active, with price version 1.
   *
   * @param name 1 to {@value #MAX_NAME} characters, one of them visible
   * @param description at most {@value #MAX_DESCRIPTION} characters, may be empty
   * @param price more than zero
   */
  record CreateProduct(ProductId productId, String name, String description, Money price)
      implements CatalogCommand {
    /** Longest name, in characters. */
    public static final int MAX_NAME = 200;

    /** Longest description, in characters. */
    public static final int MAX_DESCRIPTION = 4_000;

    /**
     * @throws InvalidValueException when a value breaks its rule
     */
    public CreateProduct {
      TextRule.requireLine("name", name, MAX_NAME);
      TextRule.requireVisible("name", name);
      TextRule.requireLines("description", description, MAX_DESCRIPTION);
      requirePrice(price.amount());
    }
  }

  /**
   * Changes the price; the same price again changes nothing.
   *
   * @param price more than zero, in the product's currency
   * @param ifPriceVersion the price version that the caller has seen; null changes it whatever it
   *     is
   */
  record ChangePrice(ProductId productId, BigDecimal price, @Nullable Long ifPriceVersion)
      implements CatalogCommand {
    /**
     * @throws InvalidValueException when the price is not more than zero
     */
    public ChangePrice {
      requirePrice(price);
    }
  }

  /** Lets the product be ordered again. */
  record ActivateProduct(ProductId productId) implements CatalogCommand {}

  /** Takes the product off sale; orders that are placed keep it. */
  record DeactivateProduct(ProductId productId) implements CatalogCommand {}

  private static void requirePrice(BigDecimal price) {
    if (price.signum() <= 0) {
      throw new InvalidValueException("price", "must be more than zero");
    }
    if (Money.integerDigits(price) > MAX_PRICE_DIGITS) {
      throw new InvalidValueException(
          "price", "must have at most " + MAX_PRICE_DIGITS + " digits before the point");
    }
  }

  /** Keeps the total of the largest order within {@link Money#MAX_INTEGER_DIGITS}. */
  int MAX_PRICE_DIGITS = 15;
}
