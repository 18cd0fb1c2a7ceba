package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.proto.ordering.v1.CancelOrderRequest;
import dev.orderflow.proto.ordering.v1.CancelReason;
import dev.orderflow.proto.ordering.v1.ConfirmOrderRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.GetPaymentRequest;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentOutcome;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc.PaymentServiceBlockingStub;
import dev.orderflow.proto.payment.v1.PaymentStatus;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import dev.orderflow.proto.payment.v1.RequestRefundRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A service that believes a forged record asks for the wrong thing. It moves no money, and ends no
 * order: orders and payments are asked themselves.
 */
@ExtendWith(SharedCommandSide.class)
class OrderMoneyIT {
  private final RunningCommandSide commandSide;

  OrderMoneyIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void for_an_order_that_there_is_not_nothing_is_paid() {
    assertRefused(Status.Code.NOT_FOUND, () -> request("ORD-never-placed", "50000"));
  }

  @Test
  void an_order_is_paid_over_its_own_total_and_by_its_own_method_whatever_is_asked_for() {
    var order = commandSide.orderId(commandSide.product(5));

    var payment = request(order, "1");

    assertThat(payment.getAmount()).isEqualTo("50000");
    assertThat(payment.getPaymentMethod()).isEqualTo("pm_card_visa");
    assertThat(payment.getUserId()).isEqualTo("alice");
  }

  @Test
  void an_order_whose_payment_has_not_failed_is_not_cancelled_for_it() {
    var order = commandSide.orderId(commandSide.product(5));
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        () -> cancel(order, CancelReason.CANCEL_REASON_PAYMENT_FAILED));
    commandSide.pay(order);
    assertRefused(
        Status.Code.FAILED_PRECONDITION,
        () -> cancel(order, CancelReason.CANCEL_REASON_PAYMENT_FAILED));

    confirm(order);
  }

  @Test
  void an_order_whose_payment_has_failed_is_cancelled_for_it() {
    var order = commandSide.orderId(commandSide.product(5));
    request(order, "50000");
    complete(order, PaymentOutcome.PAYMENT_OUTCOME_FAILED);

    cancel(order, CancelReason.CANCEL_REASON_PAYMENT_FAILED);

    assertThat(payment(order)).isEqualTo(PaymentStatus.PAYMENT_STATUS_FAILED);
  }

  @Test
  void what_was_paid_for_an_order_that_is_not_cancelled_is_kept() {
    var order = commandSide.orderId(commandSide.product(5));
    commandSide.pay(order);
    assertRefused(Status.Code.FAILED_PRECONDITION, () -> refund(order));

    confirm(order);

    assertRefused(Status.Code.FAILED_PRECONDITION, () -> refund(order));
    assertThat(payment(order)).isEqualTo(PaymentStatus.PAYMENT_STATUS_SUCCEEDED);
  }

  @Test
  void what_was_paid_before_or_after_an_order_was_cancelled_is_given_back_without_being_asked() {
    var before = commandSide.orderId(commandSide.product(5));
    commandSide.pay(before);
    cancel(before, CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT);
    var after = commandSide.orderId(commandSide.product(5));
    request(after, "50000");
    cancel(after, CancelReason.CANCEL_REASON_PAYMENT_TIMEOUT);
    complete(after, PaymentOutcome.PAYMENT_OUTCOME_SUCCESS);

    for (var order : new String[] {before, after}) {
      assertThat(payment(order)).isEqualTo(PaymentStatus.PAYMENT_STATUS_REFUND_REQUESTED);
      // Who asks all the same is answered how it stands.
      assertThat(refund(order).getStatus())
          .isEqualTo(PaymentStatus.PAYMENT_STATUS_REFUND_REQUESTED);
    }
  }

  private static void assertRefused(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code));
  }

  private Payment request(String order, String amount) {
    return payments()
        .requestPayment(
            RequestPaymentRequest.newBuilder()
                .setOrderId(order)
                .setAmount(amount)
                .setCurrency("VND")
                .setPaymentMethod("pm_another")
                .build());
  }

  private void complete(String order, PaymentOutcome outcome) {
    var request =
        CompletePaymentRequest.newBuilder()
            .setPaymentId(paymentId(order))
            .setOrderId(order)
            .setOutcome(outcome);
    if (outcome == PaymentOutcome.PAYMENT_OUTCOME_FAILED) {
      request.setReason("declined");
    }
    var _ = payments().completePayment(request.build());
  }

  private Payment refund(String order) {
    return payments()
        .requestRefund(RequestRefundRequest.newBuilder().setPaymentId(paymentId(order)).build());
  }

  private PaymentStatus payment(String order) {
    return payments()
        .getPayment(GetPaymentRequest.newBuilder().setPaymentId(paymentId(order)).build())
        .getStatus();
  }

  private void confirm(String order) {
    var _ =
        commandSide
            .grpc(OrderServiceGrpc::newBlockingStub, commandSide.service())
            .confirmOrder(ConfirmOrderRequest.newBuilder().setOrderId(order).build());
  }

  private void cancel(String order, CancelReason reason) {
    var _ =
        commandSide
            .grpc(OrderServiceGrpc::newBlockingStub, commandSide.service())
            .cancelOrder(
                CancelOrderRequest.newBuilder().setOrderId(order).setReason(reason).build());
  }

  private static String paymentId(String order) {
    return order.replace("ORD-", "PAY-");
  }

  private PaymentServiceBlockingStub payments() {
    return commandSide.grpc(PaymentServiceGrpc::newBlockingStub, commandSide.service());
  }
}
