package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a provider that hangs or fails from taking the worker down: every future that it returns
 * ends within a time limit, only so many are waited for at once, and after too many failures the
 * provider is left alone for a while. A call that is not let through fails at once and has moved no
 * money. A declined charge is an answer, no failure.
 *
 * <p>Calls that are never answered take nothing from the rest: silence does not count against a
 * provider that has answered other calls meanwhile, and calls that were not answered before go
 * through {@link #forRepetitions}.
 */
final class GuardedPaymentProvider implements PaymentProvider, MeterBinder {
  private static final int WINDOW_SECONDS = 60;
  private static final int FEWEST_CALLS = 50;
  private static final int FAILURE_PERCENT = 50;
  private static final int TRIAL_CALLS = 10;
  private static final int SHARE_OF_REPETITIONS = 10;
  private static final int TRIALS_OF_REPETITIONS = 2;

  private final PaymentProvider provider;
  private final Duration timeout;
  private final Bulkhead bulkhead;
  private final Bulkhead repetitions;
  private final Bulkhead trials;
  private final AtomicLong answered = new AtomicLong();
  private final CircuitBreaker circuitBreaker;

  /**
   * @param clock measures the pause
   */
  GuardedPaymentProvider(PaymentProvider provider, PaymentProperties properties, Clock clock) {
    this.provider = provider;
    timeout = properties.providerTimeout();
    bulkhead = bulkhead("payment-provider", properties.providerCalls());
    repetitions =
        bulkhead(
            "payment-provider-repetitions",
            Math.max(1, properties.providerCalls() / SHARE_OF_REPETITIONS));
    trials = bulkhead("payment-provider-trials", TRIALS_OF_REPETITIONS);
    circuitBreaker =
        CircuitBreaker.of(
            "payment-provider",
            CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowType(SlidingWindowType.TIME_BASED)
                .slidingWindowSize(WINDOW_SECONDS)
                .minimumNumberOfCalls(FEWEST_CALLS)
                .failureRateThreshold(FAILURE_PERCENT)
                .waitDurationInOpenState(properties.providerPause())
                .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                .build());
  }

  private static Bulkhead bulkhead(String name, int calls) {
    return Bulkhead.of(
        name,
        BulkheadConfig.custom().maxConcurrentCalls(calls).maxWaitDuration(Duration.ZERO).build());
  }

  /**
   * The same provider for calls that it has left unanswered before. They have a tenth of the
   * places, and open no circuit breaker that is closed. While it is not closed a few at once are
   * trial calls like any other: they may be all that is left to try.
   */
  PaymentProvider forRepetitions() {
    return new Repetitions();
  }

  @Override
  public CompletableFuture<ChargeAnswer> charge(
      String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
    return guarded(() -> provider.charge(idempotencyKey, amount, paymentMethod));
  }

  @Override
  public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
    return guarded(() -> provider.refund(idempotencyKey, chargeKey));
  }

  private <T> CompletableFuture<T> guarded(Supplier<CompletableFuture<T>> call) {
    return bulkhead
        .executeCompletionStage(() -> {
          var begin = circuitBreaker.getCurrentTimestamp();
          if (!circuitBreaker.tryAcquirePermission()) {
            return notPermitted();
          }
          return limited(call)
              .whenComplete((_, failure) -> {
                var took = circuitBreaker.getCurrentTimestamp() - begin;
                var unit = circuitBreaker.getTimestampUnit();
                switch (failure) {
                  case null -> circuitBreaker.onSuccess(took, unit);
                  case UnansweredException _ -> circuitBreaker.releasePermission();
                  case Throwable other -> circuitBreaker.onError(took, unit, other);
                }
              });
        })
        .toCompletableFuture();
  }

  /**
   * The time limit is innermost: a call without an answer fails and gives its place back. The limit
   * ends a copy of the future, since the provider may still be working. A late answer does not
   * count: otherwise a provider that is too slow would pass for one that answers.
   */
  private <T> CompletableFuture<T> limited(Supplier<CompletableFuture<T>> call) {
    var answeredBefore = answered.get();
    CompletableFuture<T> answer;
    try {
      answer = call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    var limited = new CompletableFuture<T>();
    var _ =
        answer
            .copy()
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((value, failure) -> {
              var cause =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              switch (cause) {
                case null -> {
                  answered.incrementAndGet();
                  limited.complete(value);
                }
                case TimeoutException _ when answered.get() > answeredBefore ->
                    limited.completeExceptionally(new UnansweredException());
                case Throwable other -> limited.completeExceptionally(other);
              }
            });
    return limited;
  }

  private <T> CompletableFuture<T> notPermitted() {
    return CompletableFuture.failedFuture(
        CallNotPermittedException.createCallNotPermittedException(circuitBreaker));
  }

  private final class Repetitions implements PaymentProvider {
    @Override
    public CompletableFuture<ChargeAnswer> charge(
        String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
      return repeated(() -> provider.charge(idempotencyKey, amount, paymentMethod));
    }

    @Override
    public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
      return repeated(() -> provider.refund(idempotencyKey, chargeKey));
    }

    private <T> CompletableFuture<T> repeated(Supplier<CompletableFuture<T>> call) {
      var stage =
          circuitBreaker.getState() == State.CLOSED
              ? repetitions.executeCompletionStage(() -> GuardedPaymentProvider.this.limited(call))
              : trials.executeCompletionStage(() -> GuardedPaymentProvider.this.guarded(call));
      return stage.toCompletableFuture();
    }
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (var state : List.of(State.CLOSED, State.HALF_OPEN, State.OPEN)) {
      Gauge.builder(
              "orderflow.payment.provider.circuit",
              circuitBreaker,
              breaker -> breaker.getState() == state ? 1 : 0)
          .description("1 in the state in which the circuit breaker of the provider is")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
    Gauge.builder(
            "orderflow.payment.provider.calls",
            bulkhead.getMetrics(),
            places -> places.getMaxAllowedConcurrentCalls() - places.getAvailableConcurrentCalls())
        .description("calls of the provider that are waited for")
        .register(meters);
  }
}
