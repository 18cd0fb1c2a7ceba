package dev.orderflow.saga.ordering;

import dev.orderflow.api.inventory.InventoryCommand.CommitStock;
import dev.orderflow.api.inventory.InventoryCommand.ReleaseStock;
import dev.orderflow.api.inventory.ReservationId;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCommand.CancelOrder;
import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.commandside.CommandSender;
import dev.orderflow.saga.commandside.Outcome;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskHandler;
import dev.orderflow.saga.tasks.TaskKind;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A command that the saga sends, declared once.
 *
 * @param kind the tasks that repeat it when it was not answered
 * @param write puts it into the message in which it is sent
 */
record SagaCommand<C>(TaskKind<C> kind, BiConsumer<C, Command.Builder> write) {
  /** All of them. */
  static final List<SagaCommand<?>> ALL =
      List.of(
          of(
              "request-payment",
              RequestPayment.class,
              RequestPayment::orderId,
              command -> command.orderId().value(),
              (command, to) -> write(command, to.getRequestPaymentBuilder())),
          of(
              "confirm",
              ConfirmOrder.class,
              ConfirmOrder::orderId,
              command -> command.orderId().value(),
              (command, to) -> to.getConfirmOrderBuilder().setOrderId(command.orderId().value())),
          of(
              "cancel",
              CancelOrder.class,
              CancelOrder::orderId,
              command -> command.orderId().value(),
              (command, to) ->
                  to.getCancelOrderBuilder()
                      .setOrderId(command.orderId().value())
                      .setReason(reason(command.reason()))),
          of(
              "request-refund",
              RequestRefund.class,
              command -> command.paymentId().orderId(),
              command -> command.paymentId().value(),
              (command, to) ->
                  to.getRequestRefundBuilder().setPaymentId(command.paymentId().value())),
          of(
              "commit-stock",
              CommitStock.class,
              command -> orderOf(command.reservationId()),
              command -> command.reservationId() + "/" + command.productId(),
              (command, to) ->
                  to.getCommitStockBuilder()
                      .setProductId(command.productId().value())
                      .setReservationId(command.reservationId().value())),
          of(
              "release-stock",
              ReleaseStock.class,
              command -> orderOf(command.reservationId()),
              command -> command.reservationId() + "/" + command.productId(),
              (command, to) ->
                  to.getReleaseStockBuilder()
                      .setProductId(command.productId().value())
                      .setReservationId(command.reservationId().value())));

  private static <C> SagaCommand<C> of(
      String name,
      Class<C> type,
      Function<C, @Nullable OrderId> order,
      Function<C, String> id,
      BiConsumer<C, Command.Builder> write) {
    return new SagaCommand<>(new TaskKind<>(Worker.ORDER_SAGA, name, type, id, order), write);
  }

  /** An order's reservations bear its id. */
  private static OrderId orderOf(ReservationId reservation) {
    return new OrderId(reservation.value());
  }

  /**
   * The declaration of a command.
   *
   * @throws IllegalArgumentException when there is none
   */
  @SuppressWarnings("unchecked") // Of the command's own type.
  static <C> SagaCommand<C> of(C command) {
    return (SagaCommand<C>)
        ALL.stream()
            .filter(declaration -> declaration.kind().type().isInstance(command))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("The saga sends no command like " + command));
  }

  static Command message(Object command) {
    return of(command).messageOf(command);
  }

  /** To be sent again, as a task. */
  static Attempt<?> failed(Object command, StatusRuntimeException cause) {
    return new Attempt<>(of(command).kind(), command, CompletableFuture.failedFuture(cause));
  }

  /**
   * Sends it again.
   *
   * @param refused is told when the command side refuses it because of the state there
   */
  TaskHandler<C> repeatedBy(CommandSender gateway, Consumer<CommandRefused> refused, Clock clock) {
    return new TaskHandler<>(
        kind,
        command -> {
          switch (gateway.execute(List.of(messageOf(command))).getFirst()) {
            case Outcome.Decided() -> {}
            case Outcome.Failed(var cause) -> {
              CommandRefused.of(command, cause, clock.instant()).ifPresent(refused);
              throw cause;
            }
          }
        });
  }

  private Command messageOf(C command) {
    var message = Command.newBuilder();
    var order = kind.order().apply(command);
    var trace = order == null ? null : Traces.of(order.value());
    if (trace != null) {
      message.setTraceparent(trace);
    }
    write.accept(command, message);
    return message.build();
  }

  private static void write(RequestPayment command, RequestPaymentRequest.Builder to) {
    to.setOrderId(command.orderId().value())
        .setAmount(command.amount().amount().toPlainString())
        .setCurrency(command.amount().currency().getCurrencyCode());
    if (command.paymentMethod() != null) {
      to.setPaymentMethod(command.paymentMethod().value());
    }
  }

  private static dev.orderflow.proto.ordering.v1.CancelReason reason(CancelReason reason) {
    return switch (reason) {
      case CUSTOMER_REQUEST ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_CUSTOMER_REQUEST;
      case PAYMENT_FAILED ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_PAYMENT_FAILED;
      case PAYMENT_TIMEOUT ->
          dev.orderflow.proto.ordering.v1.CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT;
    };
  }
}
