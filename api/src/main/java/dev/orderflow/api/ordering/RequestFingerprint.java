package dev.orderflow.api.ordering;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells one request from another under the same idempotency key, without keeping the request. It
 * leaves out the contact data: those may change, and may have been erased since.
 *
 * @param value SHA-256 of the lines in their order and the payment method, in hexadecimal digits
 */
public record RequestFingerprint(@JsonValue String value) {
  /** Reads a stored one. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RequestFingerprint {}

  static RequestFingerprint of(List<OrderLine> lines, @Nullable PaymentMethod paymentMethod) {
    var text = new StringBuilder();
    for (var line : lines) {
      text.append(line.productId().value())
          .append(' ')
          .append(line.quantity().value())
          .append(' ')
          .append(line.expectedPrice().stripTrailingZeros().toPlainString())
          .append(' ')
          .append(line.priceVersion())
          .append('\n');
    }
    text.append(paymentMethod == null ? "" : paymentMethod.value());
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return new RequestFingerprint(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
