package dev.orderflow.commandside.payment.grpc;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.commandside.payment.model.PaymentState;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.grpc.Decimals;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentOutcome;
import dev.orderflow.proto.payment.v1.PaymentStatus;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Payments as gRPC shows them, and what can be asked of them. */
public final class PaymentMessages {
  private PaymentMessages() {}

  /** Asks for a payment. */
  public static RequestPayment command(RequestPaymentRequest request) {
    var check = new RequestCheck();
    var orderId = check.required("orderId", request.getOrderId(), OrderId::new);
    var currency = check.required("currency", request.getCurrency(), Money::currency);
    var amount =
        check.required("amount", request.getAmount(), text -> Decimals.read("amount", text));
    var method = check.optional("paymentMethod", request.getPaymentMethod(), PaymentMethod::new);
    return check.orThrow(() ->
        new RequestPayment(
            Objects.requireNonNull(orderId),
            new Money(Objects.requireNonNull(amount), Objects.requireNonNull(currency)),
            method));
  }

  /** Records the outcome of a payment. What was recorded first stands. */
  public static CompletePayment command(CompletePaymentRequest request) {
    var check = new RequestCheck();
    var payment = check.required("paymentId", request.getPaymentId(), PaymentId::new);
    var order = check.required("orderId", request.getOrderId(), OrderId::new);
    if (payment != null && order != null && !PaymentId.of(order).equals(payment)) {
      check.violated("orderId", "must be the order that the payment pays");
    }
    var outcome = outcome(request.getOutcome());
    if (outcome == null) {
      check.violated("outcome", "must be SUCCESS or FAILED");
    }
    return check.orThrow(() ->
        new CompletePayment(
            Objects.requireNonNull(payment),
            Objects.requireNonNull(outcome),
            request.hasReason() ? request.getReason() : null));
  }

  private static dev.orderflow.api.payment.@Nullable PaymentOutcome outcome(
      PaymentOutcome outcome) {
    return switch (outcome) {
      case PAYMENT_OUTCOME_SUCCESS -> dev.orderflow.api.payment.PaymentOutcome.SUCCESS;
      case PAYMENT_OUTCOME_FAILED -> dev.orderflow.api.payment.PaymentOutcome.FAILED;
      case PAYMENT_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  /** How a payment stands. */
  public static Payment payment(PaymentState state) {
    var payment =
        Payment.newBuilder()
            .setPaymentId(state.paymentId().value())
            .setOrderId(state.orderId().value())
            .setStatus(
                switch (state.status()) {
                  case REQUESTED -> PaymentStatus.PAYMENT_STATUS_REQUESTED;
                  case SUCCEEDED -> PaymentStatus.PAYMENT_STATUS_SUCCEEDED;
                  case FAILED -> PaymentStatus.PAYMENT_STATUS_FAILED;
                  case REFUND_REQUESTED -> PaymentStatus.PAYMENT_STATUS_REFUND_REQUESTED;
                  case REFUNDED -> PaymentStatus.PAYMENT_STATUS_REFUNDED;
                })
            .setAmount(state.amount().amount().toPlainString())
            .setCurrency(state.amount().currency().getCurrencyCode());
    if (state.paymentMethod() != null) {
      payment.setPaymentMethod(state.paymentMethod().value());
    }
    if (state.userId() != null) {
      payment.setUserId(state.userId().value());
    }
    if (state.failureReason() != null) {
      payment.setFailureReason(state.failureReason());
    }
    return payment.build();
  }
}
