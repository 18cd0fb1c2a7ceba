package dev.orderflow.saga.ordering;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.commandside.CommandSide;
import dev.orderflow.saga.tasks.TaskHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of tasks of an order, and what doing them means. Their names are stored. */
@Configuration(proxyBeanMethods = false)
class OrderTaskKinds {
  static final TaskDescriptor<RequestPayment> REQUEST_PAYMENT =
      TaskDescriptor.of("request-payment", RequestPayment.class);
  static final TaskDescriptor<ConfirmOrder> CONFIRM =
      TaskDescriptor.of("confirm", ConfirmOrder.class);
  static final TaskDescriptor<CancelOrder> CANCEL = TaskDescriptor.of("cancel", CancelOrder.class);
  static final TaskDescriptor<CommitStock> COMMIT_STOCK =
      TaskDescriptor.of("commit-stock", CommitStock.class);
  static final TaskDescriptor<ReleaseStock> RELEASE_STOCK =
      TaskDescriptor.of("release-stock", ReleaseStock.class);
  static final TaskDescriptor<RequestRefund> REQUEST_REFUND =
      TaskDescriptor.of("request-refund", RequestRefund.class);
  static final TaskDescriptor<PaymentDeadlinePassed> PAYMENT_DEADLINE =
      TaskDescriptor.of("payment-deadline", PaymentDeadlinePassed.class);

  @Bean
  OrderCommands orderCommands(CommandSide commandSide) {
    return new OrderCommands(commandSide);
  }

  @Bean
  TaskHandler<RequestPayment> requestPayment(OrderCommands commands) {
    return new TaskHandler<>(
        Worker.ORDER_SAGA, REQUEST_PAYMENT, RequestPayment::orderId, commands::send);
  }

  @Bean
  TaskHandler<ConfirmOrder> confirm(OrderCommands commands) {
    return new TaskHandler<>(Worker.ORDER_SAGA, CONFIRM, ConfirmOrder::orderId, commands::send);
  }

  @Bean
  TaskHandler<CancelOrder> cancel(OrderCommands commands) {
    return new TaskHandler<>(Worker.ORDER_SAGA, CANCEL, CancelOrder::orderId, commands::send);
  }

  @Bean
  TaskHandler<CommitStock> commitStock(OrderCommands commands) {
    return new TaskHandler<>(
        Worker.ORDER_SAGA,
        COMMIT_STOCK,
        command -> orderOf(command.reservationId()),
        commands::send);
  }

  @Bean
  TaskHandler<ReleaseStock> releaseStock(OrderCommands commands) {
    return new TaskHandler<>(
        Worker.ORDER_SAGA,
        RELEASE_STOCK,
        command -> orderOf(command.reservationId()),
        commands::send);
  }

  @Bean
  TaskHandler<RequestRefund> requestRefund(OrderCommands commands) {
    return new TaskHandler<>(
        Worker.ORDER_SAGA,
        REQUEST_REFUND,
        command -> command.paymentId().orderId(),
        commands::send);
  }

  @Bean
  TaskHandler<PaymentDeadlinePassed> paymentDeadline(OrderSagaEvents events) {
    return new TaskHandler<>(
        Worker.ORDER_SAGA, PAYMENT_DEADLINE, PaymentDeadlinePassed::orderId, true, events::publish);
  }

  /** An order's reservations bear its id. */
  private static OrderId orderOf(ReservationId reservation) {
    return new OrderId(reservation.value());
  }
}
