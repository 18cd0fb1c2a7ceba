package dev.orderflow.api.payment;

import dev.orderflow.api.InvalidValueException;
import dev.orderflow.api.Money;
import dev.orderflow.api.TextRule;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a payment. Each one again changes nothing. */
public sealed interface PaymentCommand {
  /** The payment it is asked of. */
  PaymentId paymentId();

  /**
   * Asks for the payment of an order.
   *
   * @param paymentMethod null leaves the choice to the provider
   * @param userId the customer who pays; null when the sender leaves that to the order
   */
  record RequestPayment(
      OrderId orderId, Money amount, @Nullable PaymentMethod paymentMethod, @Nullable UserId userId)
      implements PaymentCommand {
    /**
     * @throws InvalidValueException when the amount is zero
     */
    public RequestPayment {
      if (amount.amount().signum() == 0) {
        throw new InvalidValueException("amount", "must be more than zero");
      }
    }

    /** Leaves the customer to the order. */
    public RequestPayment(OrderId orderId, Money amount, @Nullable PaymentMethod paymentMethod) {
      this(orderId, amount, paymentMethod, null);
    }

    @Override
    public PaymentId paymentId() {
      return PaymentId.of(orderId);
    }
  }

  /**
   * Records what the provider answered.
   *
   * @param reason why it failed, a code of the provider's of at most {@value #MAX_REASON}
   *     characters; null on success, and only then
   */
  record CompletePayment(PaymentId paymentId, PaymentOutcome outcome, @Nullable String reason)
      implements PaymentCommand {
    /** Longest reason, in characters. */
    public static final int MAX_REASON = 200;

    /**
     * @throws InvalidValueException when a failure has no proper reason, or a success has one
     */
    public CompletePayment {
      if ((outcome == PaymentOutcome.FAILED) != (reason != null)) {
        throw new InvalidValueException(
            "reason", "must be there when the payment failed, only then");
      }
      if (reason != null) {
        TextRule.requireLine("reason", reason, MAX_REASON);
      }
    }
  }

  /** Asks for the money back. */
  record RequestRefund(PaymentId paymentId) implements PaymentCommand {}

  /** Records that the provider gave the money back. */
  record CompleteRefund(PaymentId paymentId) implements PaymentCommand {}
}
