package dev.orderflow.saga.payment;

import dev.orderflow.api.payment.PaymentOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What the provider answered to a charge, for good.
 *
 * @param reason why it failed, a code of the provider's; null on success
 */
record ChargeAnswer(PaymentOutcome outcome, @Nullable String reason) {
  static ChargeAnswer success() {
    return new ChargeAnswer(PaymentOutcome.SUCCESS, null);
  }

  static ChargeAnswer failed(String reason) {
    return new ChargeAnswer(PaymentOutcome.FAILED, reason);
  }
}
