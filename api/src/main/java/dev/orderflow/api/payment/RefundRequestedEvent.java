package dev.orderflow.api.payment;

import dev.orderflow.api.EventRevision;
import dev.orderflow.api.ordering.OrderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;

/**
 * Money that was taken is to be given back.
 *
 * @param amount in major units of the currency
 */
@EventRevision(1)
public record RefundRequestedEvent(
    PaymentId paymentId, OrderId orderId, BigDecimal amount, Currency currency, Instant timestamp)
    implements PaymentEvent {}
