package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a provider. The payment method decides how it behaves; its ledger makes it give the
 * same answer to the same key, across restarts and instances, and at once when it stands already.
 */
final class SimulatedPaymentProvider implements PaymentProvider {
  private static final String DECLINED = "card_declined";

  private final SimulatedLedger ledger;
  private final PaymentProperties.Simulated behaviour;
  private final RandomGenerator random;
  private final Executor executor;

  /**
   * @param executor on which the ledger is read and written
   */
  SimulatedPaymentProvider(
      SimulatedLedger ledger,
      PaymentProperties.Simulated behaviour,
      RandomGenerator random,
      Executor executor) {
    this.ledger = ledger;
    this.behaviour = behaviour;
    this.random = random;
    this.executor = executor;
  }

  @Override
  public CompletableFuture<ChargeAnswer> charge(
      String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
    var method = paymentMethod == null ? "" : paymentMethod.value();
    return CompletableFuture.supplyAsync(() -> ledger.find(idempotencyKey), executor)
        .thenCompose(booked ->
            booked
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> chargeAnew(idempotencyKey, amount, method)));
  }

  private CompletableFuture<ChargeAnswer> chargeAnew(
      String idempotencyKey, Money amount, String method) {
    return switch (method) {
      case "pm_card_visa" ->
          after(
              Duration.ZERO,
              () -> ledger.charge(idempotencyKey, amount, method, ChargeAnswer.success()));
      case "pm_card_chargeDeclined" ->
          after(
              Duration.ZERO,
              () -> ledger.charge(idempotencyKey, amount, method, ChargeAnswer.failed(DECLINED)));
      case "pm_sim_slow" ->
          after(
              behaviour.slow(),
              () -> ledger.charge(idempotencyKey, amount, method, ChargeAnswer.success()));
      case "pm_sim_noAnswer" -> new CompletableFuture<>();
      case "pm_sim_lostAnswer" ->
          after(
                  Duration.ZERO,
                  () -> ledger.charge(idempotencyKey, amount, method, ChargeAnswer.success()))
              .thenCompose(_ -> new CompletableFuture<>());
      default -> after(latency(), () -> ledger.charge(idempotencyKey, amount, method, chance()));
    };
  }

  @Override
  public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
    return CompletableFuture.runAsync(() -> ledger.refund(idempotencyKey, chargeKey), executor);
  }

  private <T> CompletableFuture<T> after(Duration latency, Supplier<T> answer) {
    return CompletableFuture.supplyAsync(
        answer,
        latency.isZero()
            ? executor
            : CompletableFuture.delayedExecutor(
                latency.toMillis(), TimeUnit.MILLISECONDS, executor));
  }

  private Duration latency() {
    return Duration.ofMillis(
        random.nextLong(behaviour.latencyMin().toMillis(), behaviour.latencyMax().toMillis() + 1));
  }

  private ChargeAnswer chance() {
    return random.nextDouble() < behaviour.successRate()
        ? ChargeAnswer.success()
        : ChargeAnswer.failed(DECLINED);
  }
}
