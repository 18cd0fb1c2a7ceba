package dev.orderflow.api.ordering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import java.util.regex.Pattern;

/**
 * Names a user: the subject of their token.
 *
 * @param value 1 to 128 visible ASCII characters without blanks
 */
@Meaning("Names the customer: the subject of the token.")
public record UserId(@JsonValue String value) {
  /** What a value looks like. */
  public static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public UserId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "userId", "must be 1 to 128 visible ASCII characters without blanks");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
