package dev.orderflow.platform.grpc;

import dev.orderflow.api.InvalidValueException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decimal numbers as the gRPC contracts carry them: as text, so that none is ever rounded. */
public final class Decimals {
  private static final Pattern FORM = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");

  private Decimals() {}

  /**
   * Reads a field that may be empty.
   *
   * @return null when the field is empty
   * @throws InvalidValueException when it is not a decimal number
   */
  public static @Nullable BigDecimal readOrNull(String field, String text) {
    return text.isEmpty() ? null : read(field, text);
  }

  /**
   * Reads a field that is not empty.
   *
   * @throws InvalidValueException when it is not a decimal number
   */
  public static BigDecimal read(String field, String text) {
    if (!FORM.matcher(text).matches()) {
      throw new InvalidValueException(field, "must be a decimal number such as 50000 or 12.50");
    }
    return new BigDecimal(text);
  }
}
