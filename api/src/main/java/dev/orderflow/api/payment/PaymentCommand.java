package dev.orderflow.api.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import org.jspecify.annotations.Nullable;

/** What can be asked of a payment. Each one again changes nothing. */
public sealed interface PaymentCommand {
  /** The payment it is asked of. */
  PaymentId paymentId();

  /**
   * Asks for the payment of an order.
   *
   * @param paymentMethod null leaves the choice to the provider
   */
  record RequestPayment(OrderId orderId, Money amount, @Nullable PaymentMethod paymentMethod)
      implements PaymentCommand {
    @Override
    public PaymentId paymentId() {
      return PaymentId.of(orderId);
    }
  }

  /**
   * Records what the provider answered.
   *
   * @param reason why it failed, a code of the provider's; null on success
   */
  record CompletePayment(PaymentId paymentId, PaymentOutcome outcome, @Nullable String reason)
      implements PaymentCommand {}

  /** Asks for the money back. */
  record RequestRefund(PaymentId paymentId) implements PaymentCommand {}

  /** Records that the provider gave the money back. */
  record CompleteRefund(PaymentId paymentId) implements PaymentCommand {}
}
