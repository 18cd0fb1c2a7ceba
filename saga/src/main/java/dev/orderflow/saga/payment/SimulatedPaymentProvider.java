package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a provider. The payment method decides how it behaves, unless staff have all pay as
 * by another one; its ledger makes it give the same answer to the same key, across restarts and
 * instances, and at once when it stands already.
 */
final class SimulatedPaymentProvider implements PaymentProvider {
  private static final String DECLINED = "card_declined";

  private final SimulatedLedger ledger;
  private final PaymentProperties.Simulated behaviour;
  private final Supplier<ProviderMode> mode;
  private final RandomGenerator random;

  /**
   * @param mode as it is when a call comes
   */
  SimulatedPaymentProvider(
      SimulatedLedger ledger,
      PaymentProperties.Simulated behaviour,
      Supplier<ProviderMode> mode,
      RandomGenerator random) {
    this.ledger = ledger;
    this.behaviour = behaviour;
    this.mode = mode;
    this.random = random;
  }

  @Override
  public CompletableFuture<ChargeAnswer> charge(
      String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
    var paid = mode.get().instead(paymentMethod);
    var method = paid == null ? "" : paid.value();
    return switch (method) {
      // At once: what is booked already is found while it is booked.
      case "pm_card_visa" -> ledger.charge(idempotencyKey, amount, method, ChargeAnswer.success());
      case "pm_card_chargeDeclined" ->
          ledger.charge(idempotencyKey, amount, method, ChargeAnswer.failed(DECLINED));
      default ->
          ledger
              .find(idempotencyKey, amount, method)
              .thenCompose(booked ->
                  booked
                      .map(CompletableFuture::completedFuture)
                      .orElseGet(() -> chargeAnew(idempotencyKey, amount, method)));
    };
  }

  private CompletableFuture<ChargeAnswer> chargeAnew(
      String idempotencyKey, Money amount, String method) {
    return switch (method) {
      case "pm_sim_slow" ->
          after(
              behaviour.slow(),
              () -> ledger.charge(idempotencyKey, amount, method, ChargeAnswer.success()));
      case "pm_sim_noAnswer" -> new CompletableFuture<>();
      case "pm_sim_lostAnswer" ->
          ledger
              .charge(idempotencyKey, amount, method, ChargeAnswer.success())
              .thenCompose(_ -> new CompletableFuture<>());
      default -> after(latency(), () -> ledger.charge(idempotencyKey, amount, method, chance()));
    };
  }

  /** Of all modes only silence keeps it. */
  @Override
  public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
    return mode.get() == ProviderMode.SILENT
        ? new CompletableFuture<>()
        : ledger.refund(idempotencyKey, chargeKey);
  }

  private static <T> CompletableFuture<T> after(
      Duration latency, Supplier<CompletableFuture<T>> answer) {
    return CompletableFuture.runAsync(
            () -> {},
            CompletableFuture.delayedExecutor(
                latency.toMillis(), TimeUnit.MILLISECONDS, Runnable::run))
        .thenCompose(_ -> answer.get());
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
