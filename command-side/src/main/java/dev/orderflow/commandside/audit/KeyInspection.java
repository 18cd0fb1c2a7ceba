package dev.orderflow.commandside.audit;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderPlacedEvent;
import org.jspecify.annotations.Nullable;

/** The orders of one user and idempotency key. */
final class KeyInspection implements Inspection {
  private final Findings findings;
  private @Nullable StoredEvent first;

  KeyInspection(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void see(StoredEvent event) {
    if (first != null) {
      findings.broken(HistoryRule.IDEMPOTENCY, event, "the same key as " + first);
    }
    first = event;
    if (event.event() instanceof OrderPlacedEvent order) {
      var id = OrderId.of(order.userId(), order.version());
      if (!order.orderId().equals(id)) {
        findings.broken(HistoryRule.IDEMPOTENCY, event, "from its user and its key follows " + id);
      }
    }
  }

  @Override
  public void end() {}
}
