package dev.orderflow.api.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.OrderId;
import java.util.regex.Pattern;

/**
 * Names a reservation of stock. An order's reservations bear the order's id.
 *
 * @param value 1 to 64 letters, digits, underscores and hyphens
 */
public record ReservationId(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReservationId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "reservationId", "must be 1 to 64 letters, digits, '_' or '-'");
    }
  }

  /** The reservations of an order. */
  public static ReservationId of(OrderId orderId) {
    return new ReservationId(orderId.value());
  }

  @Override
  public String toString() {
    return value;
  }
}
