package dev.orderflow.saga.payment;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.commandside.Outcome;
import dev.orderflow.saga.consumption.PollHandler;
import dev.orderflow.saga.tasks.Attempt;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Turns to the provider and reports what it answered. A request may come again after any time, and
 * an attempt may end anywhere: the command side is asked first whether it is still open, and for
 * how much, and the provider recognises a repetition by its key.
 */
final class PaymentWorker implements PollHandler {
  private final Payments payments;
  private final PaymentProvider provider;
  private final Function<Command, CompletableFuture<Outcome>> gateway;
  private final Attempts attempts;

  /**
   * @param provider whose answers come in a limited time, or fail
   * @param gateway sends a command
   */
  PaymentWorker(
      Payments payments,
      PaymentProvider provider,
      Function<Command, CompletableFuture<Outcome>> gateway,
      Attempts attempts) {
    this.payments = payments;
    this.provider = provider;
    this.gateway = gateway;
    this.attempts = attempts;
  }

  @Override
  public Changes handle(List<DomainEvent> events) {
    var requests =
        events.stream()
            .filter(PaymentEvent.class::isInstance)
            .map(PaymentEvent.class::cast)
            .toList();
    var known = known(requests);
    return attempts.conclude(
        requests.stream()
            .<Attempt<?>>mapMulti((request, begun) -> {
              switch (request) {
                case PaymentRequestedEvent charge ->
                    begun.accept(begin(ProviderCall.CHARGE, charge, known));
                case RefundRequestedEvent refund ->
                    begun.accept(begin(ProviderCall.REFUND, refund, known));
                case PaymentCompletedEvent _, PaymentRefundedEvent _ -> {}
              }
            })
            .toList());
  }

  /** How the payments stand; fails when that cannot be known, whichever of them is to blame. */
  private CompletableFuture<Map<PaymentId, KnownPayment>> known(List<PaymentEvent> requests) {
    try {
      return CompletableFuture.completedFuture(
          payments.find(requests.stream().map(PaymentEvent::paymentId).distinct().toList()));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("The payments are not known", e));
    }
  }

  private <T extends PaymentEvent> Attempt<T> begin(
      ProviderCall<T> call, T request, CompletableFuture<Map<PaymentId, KnownPayment>> known) {
    return new Attempt<>(
        call.kind(), request, known.thenCompose(found -> attempt(call, request, found)));
  }

  /**
   * Does one, as a task.
   *
   * @throws RuntimeException when it is not done
   */
  <T extends PaymentEvent> void finish(ProviderCall<T> call, T request) {
    Attempts.await(attempt(call, request, payments.find(List.of(request.paymentId()))));
  }

  private <T extends PaymentEvent> CompletableFuture<Void> attempt(
      ProviderCall<T> call, T request, Map<PaymentId, KnownPayment> known) {
    var payment = known.get(request.paymentId());
    if (payment == null) {
      var unknown = Status.NOT_FOUND.withDescription("There is no " + request.paymentId());
      return CompletableFuture.failedFuture(unknown.asRuntimeException());
    }
    if (payment.status() != call.open()) {
      return CompletableFuture.completedFuture(null);
    }
    return attempts.begin(
        call.kind().name() + "/" + request.paymentId(),
        () ->
            call.ask()
                .put(provider, request, payment)
                .thenCompose(gateway)
                .thenAccept(Outcome::orThrow));
  }
}
