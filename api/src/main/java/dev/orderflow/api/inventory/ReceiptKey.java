package dev.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The caller's name for one receipt of pieces of one product: sending it again takes nothing in a
 * second time. After the IETF draft "The Idempotency-Key HTTP Header Field".
 *
 * @param value such as the number of a delivery note
 */
public record ReceiptKey(@JsonValue String value) {
  /** What a value looks like. */
  public static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReceiptKey {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "idempotencyKey", "must be 1 to 128 visible ASCII characters without spaces");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
