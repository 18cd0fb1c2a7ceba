package dev.orderflow.api.payment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.ordering.OrderId;
import java.util.regex.Pattern;

/**
 * Names a payment; at the provider it is the idempotency key of the charge. It follows from the
 * order's id, so that an order can only ever be charged once.
 *
 * @param value {@code PAY-} and 1 to 56 letters, digits or hyphens
 */
public record PaymentId(@JsonValue String value) {
  private static final String PREFIX = "PAY-";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9-]{1,56}");

  /**
   * @throws InvalidValueException when the value does not have the form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PaymentId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          "paymentId", "must be PAY- and 1 to 56 letters, digits or hyphens");
    }
  }

  /** The one payment of an order. */
  public static PaymentId of(OrderId orderId) {
    return new PaymentId(PREFIX + orderId.value().substring(OrderId.PREFIX.length()));
  }

  /** The order whose payment it is. */
  public OrderId orderId() {
    return new OrderId(OrderId.PREFIX + value.substring(PREFIX.length()));
  }

  @Override
  public String toString() {
    return value;
  }
}
