package dev.orderflow.commandside.payment.grpc;

import static dev.orderflow.commandside.payment.grpc.PaymentMessages.command;
import static dev.orderflow.commandside.payment.grpc.PaymentMessages.payment;

import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.rejection.Rejection;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.payment.model.PaymentState;
import dev.orderflow.platform.error.RequestCheck;
import dev.orderflow.platform.grpc.UnaryCall;
import dev.orderflow.proto.payment.v1.CompletePaymentRequest;
import dev.orderflow.proto.payment.v1.CompleteRefundRequest;
import dev.orderflow.proto.payment.v1.GetPaymentRequest;
import dev.orderflow.proto.payment.v1.GetPaymentsRequest;
import dev.orderflow.proto.payment.v1.GetPaymentsResponse;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc.PaymentServiceImplBase;
import dev.orderflow.proto.payment.v1.RequestPaymentRequest;
import dev.orderflow.proto.payment.v1.RequestRefundRequest;
import io.grpc.stub.StreamObserver;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class PaymentGrpcService extends PaymentServiceImplBase {
  private static final int MOST = 500;

  private final CommandGateway commands;
  private final Aggregates aggregates;
  private final AggregateType<dev.orderflow.commandside.payment.model.Payment, PaymentCommand>
      payments;

  PaymentGrpcService(
      CommandGateway commands,
      Aggregates aggregates,
      AggregateType<dev.orderflow.commandside.payment.model.Payment, PaymentCommand> payments) {
    this.commands = commands;
    this.aggregates = aggregates;
    this.payments = payments;
  }

  @Override
  public void requestPayment(RequestPaymentRequest request, StreamObserver<Payment> observer) {
    execute(observer, () -> command(request));
  }

  @Override
  public void completePayment(CompletePaymentRequest request, StreamObserver<Payment> observer) {
    execute(observer, () -> command(request));
  }

  @Override
  public void requestRefund(RequestRefundRequest request, StreamObserver<Payment> observer) {
    execute(observer, () -> new RequestRefund(new PaymentId(request.getPaymentId())));
  }

  @Override
  public void completeRefund(CompleteRefundRequest request, StreamObserver<Payment> observer) {
    execute(observer, () -> new CompleteRefund(new PaymentId(request.getPaymentId())));
  }

  private void execute(StreamObserver<Payment> observer, Callable<PaymentCommand> command) {
    UnaryCall.answer(observer, () -> payment(commands.execute(command.call(), PaymentState.class)));
  }

  @Override
  public void getPayment(GetPaymentRequest request, StreamObserver<Payment> observer) {
    UnaryCall.answer(
        observer,
        () ->
            read(List.of(new PaymentId(request.getPaymentId()))).stream()
                .findFirst()
                .map(PaymentMessages::payment)
                .orElseThrow(Rejection.PaymentNotFound::new));
  }

  @Override
  public void getPayments(
      GetPaymentsRequest request, StreamObserver<GetPaymentsResponse> observer) {
    UnaryCall.answer(
        observer,
        () -> {
          RequestCheck.requireAtMost(MOST, "paymentIds", request.getPaymentIdsCount());
          var found = read(request.getPaymentIdsList().stream().map(PaymentId::new).toList());
          return GetPaymentsResponse.newBuilder()
              .addAllPayments(found.stream().map(PaymentMessages::payment).toList())
              .build();
        });
  }

  private Collection<PaymentState> read(List<PaymentId> ids) {
    var streams =
        ids.stream()
            .map(dev.orderflow.commandside.payment.model.Payment::streamId)
            .map(payments::stream)
            .toList();
    return aggregates
        .read(streams, dev.orderflow.commandside.payment.model.Payment::state)
        .values();
  }
}
