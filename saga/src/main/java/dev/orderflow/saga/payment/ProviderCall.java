package dev.orderflow.saga.payment;

import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.CompleteRefundRequest;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.tasks.TaskKind;
import java.util.concurrent.CompletableFuture;

/**
 * What can be asked of the provider, each declared once.
 *
 * @param kind the tasks to which it belongs when it is not done at once
 * @param open the status in which it is still to be done
 * @param ask asks the provider, and turns its answer into the command that records it
 */
record ProviderCall<T extends PaymentEvent>(TaskKind<T> kind, PaymentStatus open, Question<T> ask) {
  /** What the key of a refund has behind that of its charge. */
  static final String REFUND_SUFFIX = "-refund";

  static final ProviderCall<PaymentRequestedEvent> CHARGE =
      new ProviderCall<>(
          kind("charge", PaymentRequestedEvent.class),
          PaymentStatus.REQUESTED,
          (provider, request, payment) ->
              provider
                  .charge(request.paymentId().value(), payment.amount(), payment.method())
                  .thenApply(answer -> complete(request, answer)));

  static final ProviderCall<RefundRequestedEvent> REFUND =
      new ProviderCall<>(
          kind("refund", RefundRequestedEvent.class),
          PaymentStatus.REFUND_REQUESTED,
          (provider, request, _) ->
              provider
                  .refund(request.paymentId().value() + REFUND_SUFFIX, request.paymentId().value())
                  .thenApply(_ -> completeRefund(request)));

  /**
   * What is asked of the provider.
   *
   * @param <T> what asks for it
   */
  @FunctionalInterface
  interface Question<T> {
    /**
     * Asks it.
     *
     * @param payment as the command side knows it
     */
    CompletableFuture<Command> put(PaymentProvider provider, T request, KnownPayment payment);
  }

  private static <T extends PaymentEvent> TaskKind<T> kind(String name, Class<T> type) {
    return new TaskKind<>(
        Worker.PAYMENT, name, type, request -> request.paymentId().value(), PaymentEvent::orderId);
  }

  private static Command complete(PaymentRequestedEvent request, ChargeAnswer answer) {
    var complete =
        CompletePaymentRequest.newBuilder()
            .setPaymentId(request.paymentId().value())
            .setOrderId(request.orderId().value())
            .setOutcome(outcome(answer.outcome()));
    if (answer.reason() != null) {
      complete.setReason(answer.reason());
    }
    return Command.newBuilder().setCompletePayment(complete).build();
  }

  private static Command completeRefund(RefundRequestedEvent request) {
    return Command.newBuilder()
        .setCompleteRefund(
            CompleteRefundRequest.newBuilder().setPaymentId(request.paymentId().value()))
        .build();
  }

  private static dev.orderflow.proto.payment.v1.PaymentOutcome outcome(PaymentOutcome outcome) {
    return switch (outcome) {
      case SUCCESS -> dev.orderflow.proto.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_SUCCESS;
      case FAILED -> dev.orderflow.proto.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_FAILED;
    };
  }
}
