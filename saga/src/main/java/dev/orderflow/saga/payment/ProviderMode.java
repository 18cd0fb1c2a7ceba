package dev.orderflow.saga.payment;

import dev.orderflow.api.ordering.PaymentMethod;
import org.jspecify.annotations.Nullable;

/** How the simulated provider behaves in a demonstration: as if all paid by the same method. */
enum ProviderMode {
  /** As each payment method says. */
  NORMAL(null),
  /** It takes its time. */
  SLOW("pm_sim_slow"),
  /** It takes no money from anybody. */
  DECLINING("pm_card_chargeDeclined"),
  /** It does not answer. */
  SILENT("pm_sim_noAnswer");

  private final @Nullable String method;

  ProviderMode(@Nullable String method) {
    this.method = method;
  }

  /** The method by which is paid where the customer has named this one, or none. */
  @Nullable PaymentMethod instead(@Nullable PaymentMethod named) {
    return method == null ? named : new PaymentMethod(method);
  }
}
