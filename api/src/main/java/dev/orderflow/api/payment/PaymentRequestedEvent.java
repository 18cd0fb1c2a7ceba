package dev.orderflow.api.payment;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * The payment of an order is asked for.
 *
 * @param amount in major units of the currency
 * @param paymentMethod null when the customer named none
 * @param userId the customer who pays; null, and left out of the JSON, in events of releases that
 *     did not say it
 */
@EventRevision(1)
public record PaymentRequestedEvent(
    PaymentId paymentId,
    OrderId orderId,
    BigDecimal amount,
    Currency currency,
    @Nullable PaymentMethod paymentMethod,
    @Nullable UserId userId,
    Instant timestamp)
    implements PaymentEvent {
  /** As earlier releases wrote it, without the customer. */
  public PaymentRequestedEvent(
      PaymentId paymentId,
      OrderId orderId,
      BigDecimal amount,
      Currency currency,
      @Nullable PaymentMethod paymentMethod,
      Instant timestamp) {
    this(paymentId, orderId, amount, currency, paymentMethod, null, timestamp);
  }
}
