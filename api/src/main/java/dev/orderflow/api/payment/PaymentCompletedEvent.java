package dev.orderflow.api.payment;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.ordering.OrderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * The provider's answer to a payment is known.
 *
 * @param reason why it failed; null on success
 * @param amount in major units of the currency
 */
@EventRevision(1)
public record PaymentCompletedEvent(
    OrderId orderId,
    PaymentId paymentId,
    PaymentOutcome status,
    @Nullable String reason,
    BigDecimal amount,
    Currency currency,
    Instant timestamp)
    implements PaymentEvent {}
