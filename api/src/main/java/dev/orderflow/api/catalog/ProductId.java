package dev.orderflow.api.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import java.util.regex.Pattern;

/**
 * Names a product, everywhere and for ever.
 *
 * @param value 1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit
 */
@Meaning("Names the product.")
public record ProductId(@JsonValue String value) implements Comparable<ProductId> {
  /** What a value looks like. */
  public static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProductId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "productId",
          "must be 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit");
    }
  }

  @Override
  public int compareTo(ProductId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
