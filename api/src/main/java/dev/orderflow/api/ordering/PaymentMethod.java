package dev.orderflow.api.ordering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import java.util.regex.Pattern;

/**
 * The payment provider's name for a means of payment, such as {@code pm_card_visa}. Never card
 * data: a number of a card does not have this form.
 *
 * @param value a letter, then up to 63 letters, digits, underscores or hyphens
 */
@Meaning("The payment provider's name for a means of payment.")
public record PaymentMethod(@JsonValue String value) {
  /** What a value looks like. */
  public static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PaymentMethod {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "paymentMethod",
          "must be the provider's token, a letter and up to 63 letters, digits, '_' or '-'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
