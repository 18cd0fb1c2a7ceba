package dev.orderflow.saga.payment;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.commandside.Outcome;
import dev.orderflow.saga.consumption.PollHandler;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.OwnFailureException;
import dev.orderflow.saga.tasks.TaskKind;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.grpc.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls the provider and reports its answers. A request may come again after any time, and an
 * attempt may be cut off anywhere. So the command side is asked first whether the payment is still
 * open, and for how much; and the provider recognises a repetition by its key.
 */
final class PaymentWorker implements PollHandler {
  private final Payments payments;
  private final PaymentProvider provider;
  private final PaymentProvider forRepetitions;
  private final Repeated repeated;
  private final Function<Command, CompletableFuture<Outcome>> gateway;
  private final Attempts attempts;
  private final Predicate<Instant> isOverdue;
  private final Consumer<PaymentEvent> done;
  private final Traces traces;

  /**
   * Tells which requests the provider is likely to leave unanswered: it has before, or too many of
   * the same customer.
   */
  @FunctionalInterface
  interface Repeated {
    /**
     * Those of the requests.
     *
     * @param customerOf who pays; null when that is not known
     */
    <T extends PaymentEvent> Set<T> of(
        TaskKind<T> kind, Collection<T> requests, Function<T, @Nullable String> customerOf);
  }

  /**
   * @param provider that answers or fails within a time limit
   * @param forRepetitions the same for what it has left unanswered before
   * @param isOverdue whether the order of a payment that was asked for then waits for it no longer
   * @param gateway sends a command
   * @param done hears of each request when its answer is recorded
   */
  PaymentWorker(
      Payments payments,
      PaymentProvider provider,
      PaymentProvider forRepetitions,
      Repeated repeated,
      Function<Command, CompletableFuture<Outcome>> gateway,
      Predicate<Instant> isOverdue,
      Attempts attempts,
      Consumer<PaymentEvent> done,
      Traces traces) {
    this.done = done;
    this.traces = traces;
    this.payments = payments;
    this.provider = provider;
    this.forRepetitions = forRepetitions;
    this.repeated = repeated;
    this.isOverdue = isOverdue;
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
    var found = known.exceptionally(_ -> Map.of()).join();
    var charges = repeated(ProviderCall.CHARGE, only(requests, PaymentRequestedEvent.class), found);
    var refunds = repeated(ProviderCall.REFUND, only(requests, RefundRequestedEvent.class), found);
    return attempts.conclude(
        requests.stream()
            .<Attempt<?>>mapMulti((request, begun) -> {
              switch (request) {
                case PaymentRequestedEvent charge ->
                    begun.accept(
                        begin(ProviderCall.CHARGE, charge, charges.contains(charge), known));
                case RefundRequestedEvent refund ->
                    begun.accept(
                        begin(ProviderCall.REFUND, refund, refunds.contains(refund), known));
                case PaymentCompletedEvent _, PaymentRefundedEvent _ -> {}
              }
            })
            .toList());
  }

  private static <T extends PaymentEvent> List<T> only(List<PaymentEvent> events, Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
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
      ProviderCall<T> call,
      T request,
      boolean isRepeated,
      CompletableFuture<Map<PaymentId, KnownPayment>> known) {
    return new Attempt<>(
        call.kind(),
        request,
        known.thenCompose(found -> attempt(call, request, isRepeated, found)));
  }

  /**
   * Does one, as a task.
   *
   * @throws RuntimeException when it is not done
   */
  <T extends PaymentEvent> void finish(ProviderCall<T> call, T request) {
    var known = payments.find(List.of(request.paymentId()));
    var isRepeated = !repeated(call, List.of(request), known).isEmpty();
    Attempts.await(attempt(call, request, isRepeated, known));
  }

  private <T extends PaymentEvent> Set<T> repeated(
      ProviderCall<T> call, List<T> requests, Map<PaymentId, KnownPayment> known) {
    return repeated.of(
        call.kind(), requests, request -> customerOf(known.get(request.paymentId())));
  }

  private static @Nullable String customerOf(@Nullable KnownPayment payment) {
    return payment == null || payment.customer() == null ? null : payment.customer().value();
  }

  private <T extends PaymentEvent> CompletableFuture<Void> attempt(
      ProviderCall<T> call, T request, boolean isRepeated, Map<PaymentId, KnownPayment> known) {
    var payment = known.get(request.paymentId());
    if (payment == null) {
      var unknown = Status.NOT_FOUND.withDescription("There is no " + request.paymentId());
      return CompletableFuture.failedFuture(unknown.asRuntimeException());
    }
    if (payment.status() != call.open()) {
      return CompletableFuture.completedFuture(null);
    }
    var trace = Traces.of(request.orderId().value());
    return attempts.begin(
        call.kind().name() + "/" + request.paymentId(),
        () ->
            ask(call, request, isRepeated, payment, trace)
                .exceptionallyCompose(failure ->
                    CompletableFuture.failedFuture(
                        unanswered(call, request, customerOf(payment), failure)))
                .thenCompose(gateway)
                .thenAccept(outcome -> {
                  outcome.orThrow();
                  done.accept(request);
                }));
  }

  /** The command that records the answer belongs to the trace of the call. */
  private <T extends PaymentEvent> CompletableFuture<Command> ask(
      ProviderCall<T> call,
      T request,
      boolean isRepeated,
      KnownPayment payment,
      @Nullable String trace) {
    var span = traces.begin(call.kind().name(), trace);
    var context = Objects.requireNonNullElse(span.context(), "");
    return call.ask()
        .put(isRepeated ? forRepetitions : provider, request, payment)
        .whenComplete((_, failure) -> span.end(failure))
        .thenApply(command -> command.toBuilder().setTraceparent(context).build());
  }

  /**
   * It is a failure of the request's own only when the provider answers others. What the guard has
   * not let through was not asked, and an outage says nothing about the request.
   */
  private Throwable unanswered(
      ProviderCall<?> call, PaymentEvent request, @Nullable String customer, Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return switch (cause) {
      case null -> failure;
      case CallNotPermittedException _, BulkheadFullException _ -> cause;
      case UnansweredException _ ->
          new OwnFailureException(
              message(call, request, cause),
              request instanceof RefundRequestedEvent || !isOverdue.test(request.timestamp()),
              customer);
      case Throwable other -> new IllegalStateException(message(call, request, other), other);
    };
  }

  private static String message(ProviderCall<?> call, PaymentEvent request, Throwable cause) {
    return "The provider does not answer to %s of %s: %s"
        .formatted(call.kind().name(), request.paymentId(), cause.getClass().getName());
  }
}
