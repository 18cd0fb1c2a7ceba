package dev.orderflow.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How many pieces of a product. Always positive.
 *
 * @param value 1 to {@value #MAX}
 */
@Meaning(value = "How many pieces.", min = 1, max = Quantity.MAX)
public record Quantity(@JsonValue int value) {
  /** More pieces than any shop moves in one step; keeps every sum far from overflow. */
  public static final int MAX = 1_000_000;

  /**
   * @throws InvalidValueException when the value is not between 1 and {@value #MAX}
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Quantity {
    if (value < 1 || value > MAX) {
      throw new InvalidValueException("quantity", "must be between 1 and " + MAX);
    }
  }

  /**
   * Reads a number of any size.
   *
   * @throws InvalidValueException when it is not between 1 and {@value #MAX}
   */
  public static Quantity of(long value) {
    return new Quantity(Math.clamp(value, 0, MAX + 1));
  }
}
