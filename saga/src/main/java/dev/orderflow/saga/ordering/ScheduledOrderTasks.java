package dev.orderflow.saga.ordering;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.orderflow.api.inventory.InventoryCommand;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the tasks with db-scheduler, each under an id that follows from what it is about. */
final class ScheduledOrderTasks implements OrderTasks {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledOrderTasks.class);

  private final SchedulerClient scheduler;
  private final Duration paymentDeadline;
  private final Clock clock;

  ScheduledOrderTasks(SchedulerClient scheduler, Duration paymentDeadline, Clock clock) {
    this.scheduler = scheduler;
    this.paymentDeadline = paymentDeadline;
    this.clock = clock;
  }

  @Override
  public void send(RequestPayment command) {
    add(OrderTaskKinds.REQUEST_PAYMENT, command.orderId().value(), command, clock.instant());
  }

  @Override
  public void send(ConfirmOrder command) {
    add(OrderTaskKinds.CONFIRM, command.orderId().value(), command, clock.instant());
  }

  @Override
  public void send(CancelOrder command) {
    add(OrderTaskKinds.CANCEL, command.orderId().value(), command, clock.instant());
  }

  @Override
  public void send(CommitStock command) {
    add(
        OrderTaskKinds.COMMIT_STOCK,
        id(command.reservationId(), command),
        command,
        clock.instant());
  }

  @Override
  public void send(ReleaseStock command) {
    add(
        OrderTaskKinds.RELEASE_STOCK,
        id(command.reservationId(), command),
        command,
        clock.instant());
  }

  @Override
  public void send(RequestRefund command) {
    add(OrderTaskKinds.REQUEST_REFUND, command.paymentId().value(), command, clock.instant());
  }

  @Override
  public void startPaymentDeadline(OrderId orderId, Instant placedAt) {
    add(
        OrderTaskKinds.PAYMENT_DEADLINE,
        orderId.value(),
        new PaymentDeadlinePassed(orderId),
        placedAt.plus(paymentDeadline));
  }

  @Override
  public void cancelPaymentDeadline(OrderId orderId) {
    try {
      scheduler.cancel(OrderTaskKinds.PAYMENT_DEADLINE.instanceId(orderId.value()));
    } catch (TaskInstanceException e) {
      LOG.debug("The payment deadline of {} has passed or is passing now", orderId, e);
    }
  }

  private <T> void add(TaskDescriptor<T> kind, String id, T data, Instant due) {
    scheduler.scheduleIfNotExists(kind.instance(id).data(data).build(), due);
  }

  private static String id(ReservationId reservationId, InventoryCommand command) {
    return reservationId + "/" + command.productId();
  }
}
