package dev.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.Alphabet;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a reservation of stock. An order's reservations bear the order's id; a reservation without
 * an order has a UUIDv7, which tells when it was made.
 *
 * @param value 1 to 64 letters, digits, underscores and hyphens; a UUIDv7 in lower case, however it
 *     was sent
 */
public record ReservationId(@JsonValue String value) {
  /** How far ahead of ours the clock of a client that makes an id may go. */
  public static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  private static final Alphabet ALPHABET = Alphabet.ofLettersDigitsAnd("_-");
  private static final int LONGEST = 64;
  private static final Pattern UUID_V7 =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
          Pattern.CASE_INSENSITIVE);
  private static final int HEX = 16;

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReservationId {
    if (value.isEmpty() || value.length() > LONGEST || !ALPHABET.spells(value, 0, value.length())) {
      throw new InvalidValueException(
          "reservationId", "must be 1 to 64 letters, digits, '_' or '-'");
    }
    // Most are an order's, which is none.
    if (!value.startsWith(OrderId.PREFIX) && UUID_V7.matcher(value).matches()) {
      value = value.toLowerCase(Locale.ROOT);
    }
  }

  /** The reservations of an order. */
  public static ReservationId of(OrderId orderId) {
    return new ReservationId(orderId.value());
  }

  /**
   * What a caller has chosen to name a new reservation without an order.
   *
   * @throws InvalidValueException when it is no UUIDv7, or one from the future: its age could not
   *     be told later
   */
  public static ReservationId withoutOrder(String value, Instant now) {
    var id = new ReservationId(value);
    var made =
        id.madeAt()
            .orElseThrow(() -> new InvalidValueException("reservationId", "must be a UUIDv7"));
    if (made.isAfter(now.plus(MAX_AHEAD))) {
      throw new InvalidValueException(
          "reservationId",
          "must be a UUIDv7 of now; this one is more than %d minutes ahead"
              .formatted(MAX_AHEAD.toMinutes()));
    }
    return id;
  }

  /** Whether it names the reservations of an order. */
  public boolean isOrders() {
    return value.startsWith(OrderId.PREFIX);
  }

  /** When a UUIDv7 was made, to the millisecond, by its maker's clock; empty for any other id. */
  public Optional<Instant> madeAt() {
    return UUID_V7.matcher(value).matches()
        ? Optional.of(
            Instant.ofEpochMilli(
                Long.parseLong(value.substring(0, 8) + value.substring(9, 13), HEX)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
