package dev.orderflow.commandside.audit;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.catalog.ProductUpdatedEvent;
import dev.orderflow.api.inventory.InventoryUpdatedEvent;
import dev.orderflow.api.ordering.OrderEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.commandside.catalog.model.Product;
import dev.orderflow.commandside.inventory.model.InventoryItem;
import dev.orderflow.commandside.ordering.model.Order;
import dev.orderflow.commandside.payment.model.Payment;

/** One stream, in the order of its sequence numbers. */
final class StreamInspection implements Inspection {
  private final Findings findings;
  private long next;

  StreamInspection(Findings findings) {
    this.findings = findings;
  }

  @Override
  public void see(StoredEvent event) {
    if (event.sequence() != next) {
      findings.broken(HistoryRule.SEQUENCES, event, "expected sequence " + next);
    }
    next = event.sequence() + 1;
    var stream = streamOf(event.event());
    if (!event.stream().equals(stream)) {
      findings.broken(HistoryRule.READABLE, event, "it belongs to " + stream);
    }
  }

  private static String streamOf(DomainEvent event) {
    return switch (event) {
      case ProductUpdatedEvent product -> Product.streamId(product.productId());
      case InventoryUpdatedEvent stock -> InventoryItem.streamId(stock.productId());
      case OrderEvent order -> Order.streamId(order.orderId());
      case PaymentEvent payment -> Payment.streamId(payment.paymentId());
      default -> "no stream that is known";
    };
  }
}
