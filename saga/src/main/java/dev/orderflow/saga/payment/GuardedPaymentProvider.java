package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a provider that hangs or fails from taking the worker down: every future that it returns
 * ends within a time limit, only so many are waited for at once, and after too many failures the
 * provider is left alone for a while. A call that is not let through fails at once and has moved no
 * money. A declined charge is an answer, no failure.
 */
final class GuardedPaymentProvider implements PaymentProvider, MeterBinder {
  // A single silent payment is repeated 4 or 5 times a minute. So it takes over ten of them at
  // once,
  // and no more than as many answers, before the others have to pause.
  private static final int WINDOW_SECONDS = 60;
  private static final int FEWEST_CALLS = 50;
  private static final int FAILURE_PERCENT = 50;
  private static final int TRIAL_CALLS = 10;

  private final PaymentProvider provider;
  private final Duration timeout;
  private final Bulkhead bulkhead;
  private final CircuitBreaker circuitBreaker;

  /**
   * @param clock measures the pause
   */
  GuardedPaymentProvider(PaymentProvider provider, PaymentProperties properties, Clock clock) {
    this.provider = provider;
    timeout = properties.providerTimeout();
    bulkhead =
        Bulkhead.of(
            "payment-provider",
            BulkheadConfig.custom()
                .maxConcurrentCalls(properties.providerCalls())
                .maxWaitDuration(Duration.ZERO)
                .build());
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
        .executeCompletionStage(() ->
            // The time limit lies innermost: an answer that never comes is a failure and gives its
            // place back. It ends a copy, for the provider may still be at it.
            circuitBreaker.executeCompletionStage(
                () -> call.get().copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)))
        .toCompletableFuture();
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
