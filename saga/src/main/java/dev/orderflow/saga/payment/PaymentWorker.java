package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns to the provider and reports what it answered. A request may come again after any time, and
 * an attempt may end anywhere: the command side is asked first whether it is still open, and the
 * provider recognises a repetition by its key.
 */
final class PaymentWorker {
  private static final String REFUND_SUFFIX = "-refund";

  private final Payments payments;
  private final PaymentProvider provider;
  private final Duration timeout;

  /**
   * @param timeout after which an answer of the provider is no longer waited for
   */
  PaymentWorker(Payments payments, PaymentProvider provider, Duration timeout) {
    this.payments = payments;
    this.provider = provider;
    this.timeout = timeout;
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
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswerException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new NoAnswerException(e);
    }
  }

  /** Whether money has moved is not known: ask again, under the same key. */
  static final class NoAnswerException extends RuntimeException {
    private NoAnswerException(Exception cause) {
      super("The payment provider gave no answer", cause);
    }
  }
}
