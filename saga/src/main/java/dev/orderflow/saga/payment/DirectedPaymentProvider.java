package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The simulated provider, behaving as staff have it behave. What it has answered once stands. Of
 * refunds only its silence keeps it.
 */
final class DirectedPaymentProvider implements PaymentProvider {
  private final PaymentProvider simulated;
  private final Supplier<ProviderMode> mode;

  /**
   * @param mode as it is when a call comes
   */
  DirectedPaymentProvider(PaymentProvider simulated, Supplier<ProviderMode> mode) {
    this.simulated = simulated;
    this.mode = mode;
  }

  @Override
  public CompletableFuture<ChargeAnswer> charge(
      String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
    return simulated.charge(idempotencyKey, amount, mode.get().instead(paymentMethod));
  }

  @Override
  public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
    return mode.get() == ProviderMode.SILENT
        ? new CompletableFuture<>()
        : simulated.refund(idempotencyKey, chargeKey);
  }
}
