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
final class RecordedOrderTasks implements OrderTasks {
  private final List<String> tasks = new ArrayList<>();

  List<String> tasks() {
    return List.copyOf(tasks);
  }

  void clear() {
    tasks.clear();
  }

  @Override
  public void send(RequestPayment command) {
    tasks.add(
        "request payment of %s %s by %s"
            .formatted(
                command.amount().amount().toPlainString(),
                command.amount().currency(),
                command.paymentMethod()));
  }

  @Override
  public void send(ConfirmOrder command) {
    tasks.add("confirm");
  }

  @Override
  public void send(CancelOrder command) {
    tasks.add("cancel for " + command.reason());
  }

  @Override
  public void send(CommitStock command) {
    tasks.add("commit " + command.productId());
  }

  @Override
  public void send(ReleaseStock command) {
    tasks.add("release " + command.productId());
  }

  @Override
  public void send(RequestRefund command) {
    tasks.add("request refund of " + command.paymentId());
  }

  @Override
  public void startPaymentDeadline(OrderId orderId, Instant placedAt) {
    tasks.add("start deadline at " + placedAt);
  }

  @Override
  public void cancelPaymentDeadline(OrderId orderId) {
    tasks.add("stop deadline");
  }
}
