package dev.orderflow.commandside.payment.model;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a payment stands.
 *
 * @param paymentMethod null when the customer named none
 * @param userId the customer who pays; null when its first event is of a release that did not say
 *     it
 * @param failureReason null unless it failed
 */
public record PaymentState(
    PaymentId paymentId,
    OrderId orderId,
    PaymentStatus status,
    Money amount,
    @Nullable PaymentMethod paymentMethod,
    @Nullable UserId userId,
    @Nullable String failureReason) {
  static PaymentState of(PaymentRequestedEvent event) {
    return new PaymentState(
        event.paymentId(),
        event.orderId(),
        PaymentStatus.REQUESTED,
        new Money(event.amount(), event.currency()),
        event.paymentMethod(),
        event.userId(),
        null);
  }

  PaymentState with(PaymentStatus newStatus, @Nullable String newFailureReason) {
    return new PaymentState(
        paymentId, orderId, newStatus, amount, paymentMethod, userId, newFailureReason);
  }
}
