package dev.orderflow.api.ordering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.Alphabet;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Meaning;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names an order. It follows from the user and the idempotency key, so that one key can only ever
 * be one order.
 *
 * @param value {@code ORD-} and 1 to 56 letters, digits or hyphens
 */
@Meaning("Names the order.")
public record OrderId(@JsonValue String value) {
  /** What every order's id begins with. */
  public static final String PREFIX = "ORD-";

  /** What a value looks like. */
  public static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9-]{1,56}");

  private static final Alphabet ALPHABET = Alphabet.ofLettersDigitsAnd("-");
  private static final int LONGEST = 60;
  private static final int HASH_BYTES = 16;

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrderId {
    if (!hasForm(value)) {
      throw new InvalidValueException(
          "orderId", "must be ORD- and 1 to 56 letters, digits or hyphens");
    }
  }

  /** The same as {@link #FORM}. */
  private static boolean hasForm(String value) {
    return value.startsWith(PREFIX)
        && value.length() > PREFIX.length()
        && value.length() <= LONGEST
        && ALPHABET.spells(value, PREFIX.length(), value.length());
  }

  /** The one order that this user can place with this key: 128 bits of SHA-256 over both. */
  public static OrderId of(UserId userId, IdempotencyKey key) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest((userId.value() + '\n' + key.value()).getBytes(StandardCharsets.UTF_8));
      return new OrderId(PREFIX + HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
