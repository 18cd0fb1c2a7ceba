package dev.orderflow.api.ordering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.Alphabet;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import java.time.DateTimeException;
import java.time.LocalDateTime;
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

  private static final Alphabet RANDOM = Alphabet.ofLettersDigitsAnd("-");
  private static final int LONGEST_USER_ID = 128;
  private static final int LONGEST_RANDOM = 64;
  private static final int TIME_DIGITS = 14;

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IdempotencyKey {
    if (!hasForm(value)) {
      throw new InvalidValueException(
          "version",
          "must be {userId}_{yyyyMMddHHmmss}_{random}, as in alice_20241201143022_abc789,"
              + " with a random part of 1 to 64 letters, digits or '-'");
    }
    if (!hasRealTime(value)) {
      throw new InvalidValueException(
          "version", "must have a real date and time, yyyyMMddHHmmss, in the middle");
    }
  }

  /** The same as {@link #FORM}. */
  private static boolean hasForm(String value) {
    var user = endOfUserId(value);
    var time = user + 1;
    var random = time + TIME_DIGITS + 1;
    return user > 0
        && user <= LONGEST_USER_ID
        && Alphabet.VISIBLE.spells(value, 0, user)
        && value.charAt(user) == '_'
        && Alphabet.DIGITS.spells(value, time, random - 1)
        && random < value.length()
        && value.length() - random <= LONGEST_RANDOM
        && RANDOM.spells(value, random, value.length());
  }

  /** A user's id may have underscores; what comes after the time has none. */
  private static int endOfUserId(String value) {
    return value.lastIndexOf('_') - TIME_DIGITS - 1;
  }

  private static boolean hasRealTime(String value) {
    var time = endOfUserId(value) + 1;
    try {
      return LocalDateTime.of(
              number(value, time, time + 4),
              number(value, time + 4, time + 6),
              number(value, time + 6, time + 8),
              number(value, time + 8, time + 10),
              number(value, time + 10, time + 12),
              number(value, time + 12, time + 14))
          != null;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static int number(String value, int from, int to) {
    return Integer.parseInt(value, from, to, 10);
  }

  /** The user who may use this key. */
  public UserId userId() {
    return new UserId(value.substring(0, endOfUserId(value)));
  }

  @Override
  public String toString() {
    return value;
  }
}
