package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Code;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.CommandServiceGrpc;
import dev.orderflow.proto.command.v1.ExecuteRequest;
import dev.orderflow.proto.command.v1.Outcome;
import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.CancelReason;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.GetPaymentsRequest;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentOutcome;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.PaymentStatus;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands in lists: each is decided on its own, and answered in its place. */
@ExtendWith(SharedCommandSide.class)
class ExecuteIT {
  private final RunningCommandSide commandSide;

  ExecuteIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void an_order_is_paid_and_confirmed_by_one_list() {
    var product = commandSide.product(3);
    var order = commandSide.orderId(product);

    var outcomes = execute(request(order), success(order), confirm(order));

    assertThat(outcomes.get(0).getPayment().getStatus())
        .isEqualTo(PaymentStatus.PAYMENT_STATUS_REQUESTED);
    assertThat(outcomes.get(1).getPayment().getStatus())
        .isEqualTo(PaymentStatus.PAYMENT_STATUS_SUCCEEDED);
    assertThat(outcomes.get(2).getOrder().getStatus())
        .isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
    assertThat(commandSide.levels(product)).containsExactly(2, 0, 1);
    assertThat(payments(order, "ORD-unknown"))
        .extracting(Payment::getOrderId)
        .containsExactly(order);
  }

  @Test
  void what_is_refused_is_an_outcome_and_keeps_nothing_else_from_being_decided() {
    var unpaid = commandSide.orderId(commandSide.product(1));
    var cancelled = commandSide.orderId(commandSide.product(1));

    var outcomes =
        execute(
            confirm(unpaid),
            Command.getDefaultInstance(),
            confirm("ORD-unknown"),
            confirm("no id"),
            cancel(cancelled, CancelReason.CANCEL_REASON_UNSPECIFIED),
            cancel(cancelled, CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT));

    assertThat(outcomes.subList(0, 5).stream().map(outcome -> outcome.getError().getCode()))
        .containsExactly(
            Code.FAILED_PRECONDITION_VALUE,
            Code.INVALID_ARGUMENT_VALUE,
            Code.NOT_FOUND_VALUE,
            Code.INVALID_ARGUMENT_VALUE,
            Code.INVALID_ARGUMENT_VALUE);
    assertThat(outcomes.get(5).getOrder().getStatus())
        .isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
  }

  @Test
  void a_list_that_is_too_long_is_refused_as_a_whole() {
    var order = commandSide.orderId(commandSide.product(1));

    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> execute(Collections.nCopies(501, request(order)).toArray(Command[]::new)));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(payments(order)).isEmpty();
  }

  private List<Payment> payments(String... orders) {
    return commandSide
        .grpc(PaymentServiceGrpc::newBlockingStub, commandSide.service())
        .getPayments(
            GetPaymentsRequest.newBuilder()
                .addAllPaymentIds(Arrays.stream(orders).map(ExecuteIT::payment).toList())
                .build())
        .getPaymentsList();
  }

  private List<Outcome> execute(Command... commands) {
    return commandSide
        .grpc(CommandServiceGrpc::newBlockingStub, commandSide.service())
        .execute(ExecuteRequest.newBuilder().addAllCommands(List.of(commands)).build())
        .getOutcomesList();
  }

  private static Command request(String order) {
    return Command.newBuilder()
        .setRequestPayment(
            RequestPaymentRequest.newBuilder()
                .setOrderId(order)
                .setAmount("50000")
                .setCurrency("VND"))
        .build();
  }

  private static Command success(String order) {
    return Command.newBuilder()
        .setCompletePayment(
            CompletePaymentRequest.newBuilder()
                .setPaymentId(payment(order))
                .setOrderId(order)
                .setOutcome(PaymentOutcome.PAYMENT_OUTCOME_SUCCESS))
        .build();
  }

  private static Command confirm(String order) {
    return Command.newBuilder()
        .setConfirmOrder(ConfirmOrderRequest.newBuilder().setOrderId(order))
        .build();
  }

  private static Command cancel(String order, CancelReason reason) {
    return Command.newBuilder()
        .setCancelOrder(CancelOrderRequest.newBuilder().setOrderId(order).setReason(reason))
        .build();
  }

  private static String payment(String order) {
    return order.replace("ORD-", "PAY-");
  }
}
