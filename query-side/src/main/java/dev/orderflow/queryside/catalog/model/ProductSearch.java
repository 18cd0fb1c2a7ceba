package dev.orderflow.queryside.catalog.model;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.TextRule;

/**
 * Which products a list is narrowed to: those with a name in which each word of the text begins a
 * word. Accents and capitals make no difference.
 *
 * @param text without blanks around it; empty for all products
 */
public record ProductSearch(String text) {
  /** Longest text, in characters. */
  public static final int MAX_LENGTH = 100;

  /** Every product. */
  public static final ProductSearch ALL = new ProductSearch("");

  /**
   * @throws InvalidValueException when the text is too long, or none that can be shown
   */
  public ProductSearch {
    TextRule.requireLine("q", text, MAX_LENGTH);
    text = text.strip();
  }
}
