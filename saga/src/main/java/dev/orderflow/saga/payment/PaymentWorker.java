package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Turns to the provider and reports what it answered. A request may come again after any time, and
 * an attempt may end anywhere: the command side is asked first whether it is still open, and the
 * provider recognises a repetition by its key.
 */
final class PaymentWorker {
  private static final String REFUND_SUFFIX = "-refund";

  private final Payments payments;
  private final PaymentProvider provider;

  /**
   * @param provider whose answers come in a limited time, or fail
   */
  PaymentWorker(Payments payments, PaymentProvider provider) {
    this.payments = payments;
    this.provider = provider;
  }

  void charge(PaymentRequestedEvent request) {
    var id = request.paymentId();
    if (payments.statusOf(id) != PaymentStatus.REQUESTED) {
      return;
    }
    var answer =
        await(
            provider.charge(
                id.value(),
                new Money(request.amount(), request.currency()),
                request.paymentMethod()));
    payments.complete(id, request.orderId(), answer);
  }

  void refund(RefundRequestedEvent request) {
    var id = request.paymentId();
    if (payments.statusOf(id) != PaymentStatus.REFUND_REQUESTED) {
      return;
    }
    await(provider.refund(id.value() + REFUND_SUFFIX, id.value()));
    payments.completeRefund(id);
  }

  private <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(e);
    } catch (ExecutionException e) {
      throw new NoAnswerException(e.getCause());
    }
  }

  /** Whether money has moved is not known: ask again, under the same key. */
  static final class NoAnswerException extends RuntimeException {
    private NoAnswerException(@Nullable Throwable cause) {
      super("The payment provider gave no answer: " + cause, cause);
    }
  }
}
