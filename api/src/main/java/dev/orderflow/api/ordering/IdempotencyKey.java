package dev.orderflow.api.ordering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/**
 * The client's name for one intent to order, {@code {userId}_{yyyyMMddHHmmss}_{random}}. Sending it
 * again never places a second order; it counts for ever. After the IETF draft "The Idempotency-Key
 * HTTP Header Field".
 *
 * @param value such as {@code alice_20241201143022_abc789}
 */
@Meaning("The idempotency key: {userId}_{yyyyMMddHHmmss}_{random}.")
public record IdempotencyKey(@JsonValue String value) {
  /**
   * What a value looks like, but for the date, which must be real; published, so it keeps to what
   * all engines of regular expressions know.
   */
  public static final Pattern FORM =
      Pattern.compile("([!-~]{1,128})_([0-9]{14})_([A-Za-z0-9-]{1,64})");

  private static final int USER_PART = 1;
  private static final int TIME_PART = 2;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IdempotencyKey {
    var parts = FORM.matcher(value);
    if (!parts.matches()) {
      throw new InvalidValueException(
          "version",
          "must be {userId}_{yyyyMMddHHmmss}_{random}, as in alice_20241201143022_abc789,"
              + " with a random part of 1 to 64 letters, digits or '-'");
    }
    try {
      LocalDateTime.parse(parts.group(TIME_PART), TIME);
    } catch (DateTimeException _) {
      throw new InvalidValueException(
          "version", "must have a real date and time, yyyyMMddHHmmss, in the middle");
    }
  }

  /** The user who may use this key. */
  public UserId userId() {
    var parts = FORM.matcher(value);
    if (!parts.matches()) {
      throw new IllegalStateException("checked when it was made");
    }
    return new UserId(parts.group(USER_PART));
  }

  @Override
  public String toString() {
    return value;
  }
}
