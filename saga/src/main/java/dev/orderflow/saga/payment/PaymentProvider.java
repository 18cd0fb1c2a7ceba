package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes money and gives it back. Each call bears an idempotency key: the same key again moves
 * nothing a second time and is answered as it was the first time. A future may never be completed,
 * or fail without saying whether money has moved: then the call is repeated with its key.
 */
interface PaymentProvider {
  /**
   * Takes money.
   *
   * @param paymentMethod null leaves the choice to the provider
   */
  CompletableFuture<ChargeAnswer> charge(
      String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod);

  /**
   * Gives back all the money of a charge.
   *
   * @param chargeKey the idempotency key of the charge
   */
  CompletableFuture<Void> refund(String idempotencyKey, String chargeKey);
}
