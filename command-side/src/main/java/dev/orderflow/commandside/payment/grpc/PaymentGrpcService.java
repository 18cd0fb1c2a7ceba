package dev.orderflow.commandside.payment.grpc;

import dev.orderflow.api.Money;
import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.commandside.commands.grpc.ListSize;
import dev.orderflow.commandside.payment.application.PaymentService;
import dev.orderflow.commandside.payment.model.PaymentState;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.grpc.Decimals;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.CompleteRefundRequest;
import dev.orderflow.proto.payment.v1.GetPaymentRequest;
import dev.orderflow.proto.payment.v1.GetPaymentsRequest;
import dev.orderflow.proto.payment.v1.GetPaymentsResponse;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentOutcome;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc.PaymentServiceImplBase;
import dev.orderflow.proto.payment.v1.PaymentStatus;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import dev.orderflow.proto.payment.v1.RequestRefundRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class PaymentGrpcService extends PaymentServiceImplBase {
  private final PaymentService payments;

  PaymentGrpcService(PaymentService payments) {
    this.payments = payments;
  }

  @Override
  public void requestPayment(RequestPaymentRequest request, StreamObserver<Payment> observer) {
    UnaryCall.answer(observer, () -> payment(payments.execute(command(request))));
  }

  static RequestPayment command(RequestPaymentRequest request) {
    var check = new RequestCheck();
    var orderId = check.required("orderId", request.getOrderId(), OrderId::new);
    var currency = check.required("currency", request.getCurrency(), Money::currency);
    var amount =
        check.required("amount", request.getAmount(), text -> Decimals.read("amount", text));
    var method = check.optional("paymentMethod", request.getPaymentMethod(), PaymentMethod::new);
    return check.orThrow(() ->
        new RequestPayment(
            Objects.requireNonNull(orderId),
            new Money(Objects.requireNonNull(amount), Objects.requireNonNull(currency)),
            method));
  }

  @Override
  public void completePayment(CompletePaymentRequest request, StreamObserver<Payment> observer) {
    UnaryCall.answer(observer, () -> payment(payments.execute(command(request))));
  }

  static CompletePayment command(CompletePaymentRequest request) {
    return PaymentService.completion(
        request.getPaymentId(),
        request.getOrderId(),
        outcome(request.getOutcome()),
        request.hasReason() ? request.getReason() : null);
  }

  private static dev.orderflow.api.payment.@Nullable PaymentOutcome outcome(
      PaymentOutcome outcome) {
    return switch (outcome) {
      case PAYMENT_OUTCOME_SUCCESS -> dev.orderflow.api.payment.PaymentOutcome.SUCCESS;
      case PAYMENT_OUTCOME_FAILED -> dev.orderflow.api.payment.PaymentOutcome.FAILED;
      case PAYMENT_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  @Override
  public void requestRefund(RequestRefundRequest request, StreamObserver<Payment> observer) {
    UnaryCall.answer(
        observer,
        () -> payment(payments.execute(new RequestRefund(new PaymentId(request.getPaymentId())))));
  }

  @Override
  public void completeRefund(CompleteRefundRequest request, StreamObserver<Payment> observer) {
    UnaryCall.answer(
        observer,
        () -> payment(payments.execute(new CompleteRefund(new PaymentId(request.getPaymentId())))));
  }

  @Override
  public void getPayment(GetPaymentRequest request, StreamObserver<Payment> observer) {
    UnaryCall.answer(
        observer,
        () ->
            payments.get(List.of(new PaymentId(request.getPaymentId()))).stream()
                .findFirst()
                .map(PaymentGrpcService::payment)
                .orElseThrow(Rejection.PaymentNotFound::new));
  }

  @Override
  public void getPayments(
      GetPaymentsRequest request, StreamObserver<GetPaymentsResponse> observer) {
    UnaryCall.answer(
        observer,
        () -> {
          var ids = request.getPaymentIdsList().stream().map(PaymentId::new).toList();
          ListSize.require("paymentIds", ids.size());
          return GetPaymentsResponse.newBuilder()
              .addAllPayments(payments.get(ids).stream().map(PaymentGrpcService::payment).toList())
              .build();
        });
  }

  static Payment payment(PaymentState state) {
    var payment =
        Payment.newBuilder()
            .setPaymentId(state.paymentId().value())
            .setOrderId(state.orderId().value())
            .setStatus(
                switch (state.status()) {
                  case REQUESTED -> PaymentStatus.PAYMENT_STATUS_REQUESTED;
                  case SUCCEEDED -> PaymentStatus.PAYMENT_STATUS_SUCCEEDED;
                  case FAILED -> PaymentStatus.PAYMENT_STATUS_FAILED;
                  case REFUND_REQUESTED -> PaymentStatus.PAYMENT_STATUS_REFUND_REQUESTED;
                  case REFUNDED -> PaymentStatus.PAYMENT_STATUS_REFUNDED;
                })
            .setAmount(state.amount().amount().toPlainString())
            .setCurrency(state.amount().currency().getCurrencyCode());
    if (state.paymentMethod() != null) {
      payment.setPaymentMethod(state.paymentMethod().value());
    }
    if (state.failureReason() != null) {
      payment.setFailureReason(state.failureReason());
    }
    return payment.build();
  }
}
