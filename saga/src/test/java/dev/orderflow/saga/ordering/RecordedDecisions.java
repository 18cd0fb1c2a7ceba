package dev.orderflow.saga.ordering;

import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the saga has written down, in words. */
final class RecordedDecisions implements OrderDecisions {
  private final List<String> decisions = new ArrayList<>();

  List<String> decisions() {
    return List.copyOf(decisions);
  }

  void clear() {
    decisions.clear();
  }

  @Override
  public void send(Object command) {
    decisions.add(words(command));
  }

  static String words(Object command) {
    return switch (command) {
      case RequestPayment request ->
          "request payment of %s %s by %s"
              .formatted(
                  request.amount().amount().toPlainString(),
                  request.amount().currency(),
                  request.paymentMethod());
      case ConfirmOrder _ -> "confirm";
      case CancelOrder cancel -> "cancel for " + cancel.reason();
      case CommitStock commit -> "commit " + commit.productId();
      case ReleaseStock release -> "release " + release.productId();
      case RequestRefund refund -> "request refund of " + refund.paymentId();
      default -> throw new IllegalArgumentException("No command of the saga: " + command);
    };
  }

  @Override
  public boolean mustSettleStock(Instant placedAt) {
    return false;
  }

  @Override
  public void startPaymentDeadline(OrderId orderId, Instant placedAt) {
    decisions.add("start deadline at " + placedAt);
  }

  @Override
  public void keepPaymentDeadline(OrderId orderId, Instant from) {
    decisions.add("keep deadline");
  }

  @Override
  public void stopPaymentDeadline(OrderId orderId) {
    decisions.add("stop deadline");
  }
}
