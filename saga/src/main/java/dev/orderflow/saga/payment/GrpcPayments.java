package dev.orderflow.saga.payment;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.CompleteRefundRequest;
import dev.orderflow.proto.payment.v1.GetPaymentRequest;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc.PaymentServiceBlockingStub;
import dev.orderflow.saga.commandside.CommandSide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
final class GrpcPayments implements Payments {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcPayments.class);

  private final CommandSide commandSide;

  GrpcPayments(CommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Override
  public PaymentStatus statusOf(PaymentId paymentId) {
    var payment =
        stub().getPayment(GetPaymentRequest.newBuilder().setPaymentId(paymentId.value()).build());
    return switch (payment.getStatus()) {
      case PAYMENT_STATUS_REQUESTED -> PaymentStatus.REQUESTED;
      case PAYMENT_STATUS_SUCCEEDED -> PaymentStatus.SUCCEEDED;
      case PAYMENT_STATUS_FAILED -> PaymentStatus.FAILED;
      case PAYMENT_STATUS_REFUND_REQUESTED -> PaymentStatus.REFUND_REQUESTED;
      case PAYMENT_STATUS_REFUNDED -> PaymentStatus.REFUNDED;
      case PAYMENT_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException(
              paymentId + " has a status that is not known here: " + payment.getStatusValue());
    };
  }

  @Override
  public void complete(PaymentId paymentId, OrderId orderId, ChargeAnswer answer) {
    var request =
        CompletePaymentRequest.newBuilder()
            .setPaymentId(paymentId.value())
            .setOrderId(orderId.value())
            .setOutcome(outcome(answer.outcome()));
    if (answer.reason() != null) {
      request.setReason(answer.reason());
    }
    var payment = stub().completePayment(request.build());
    LOG.debug("{} is {}", paymentId, payment.getStatus());
  }

  @Override
  public void completeRefund(PaymentId paymentId) {
    var payment =
        stub()
            .completeRefund(
                CompleteRefundRequest.newBuilder().setPaymentId(paymentId.value()).build());
    LOG.debug("{} is {}", paymentId, payment.getStatus());
  }

  private static dev.orderflow.proto.payment.v1.PaymentOutcome outcome(PaymentOutcome outcome) {
    return switch (outcome) {
      case SUCCESS -> dev.orderflow.proto.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_SUCCESS;
      case FAILED -> dev.orderflow.proto.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_FAILED;
    };
  }

  private PaymentServiceBlockingStub stub() {
    return commandSide.within3Seconds(PaymentServiceGrpc::newBlockingStub);
  }
}
