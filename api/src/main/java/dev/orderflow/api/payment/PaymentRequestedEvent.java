package dev.orderflow.api.payment;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * The payment of an order is asked for.
 *
 * @param amount in major units of the currency
 * @param paymentMethod null when the customer named none
 */
@EventRevision(1)
public record PaymentRequestedEvent(
    PaymentId paymentId,
    OrderId orderId,
    BigDecimal amount,
    Currency currency,
    @Nullable PaymentMethod paymentMethod,
    Instant timestamp)
    implements PaymentEvent {}
