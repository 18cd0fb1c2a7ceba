package dev.orderflow.saga.payment;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.proto.payment.v1.GetPaymentsRequest;
import dev.orderflow.proto.payment.v1.Payment;
import dev.orderflow.proto.payment.v1.PaymentServiceGrpc;
import dev.orderflow.saga.commandside.CommandSideConnection;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
final class GrpcPayments implements Payments {
  private final CommandSideConnection commandSide;

  GrpcPayments(CommandSideConnection commandSide) {
    this.commandSide = commandSide;
  }

  @Override
  public Map<PaymentId, KnownPayment> find(Collection<PaymentId> payments) {
    return commandSide
        .within3Seconds(PaymentServiceGrpc::newBlockingStub)
        .getPayments(
            GetPaymentsRequest.newBuilder()
                .addAllPaymentIds(payments.stream().map(PaymentId::value).toList())
                .build())
        .getPaymentsList()
        .stream()
        .collect(
            Collectors.toMap(
                payment -> new PaymentId(payment.getPaymentId()), GrpcPayments::known));
  }

  private static KnownPayment known(Payment payment) {
    return new KnownPayment(
        statusOf(payment),
        new Money(new BigDecimal(payment.getAmount()), Money.currency(payment.getCurrency())),
        payment.hasPaymentMethod() ? new PaymentMethod(payment.getPaymentMethod()) : null,
        payment.hasUserId() ? new UserId(payment.getUserId()) : null);
  }

  private static PaymentStatus statusOf(Payment payment) {
    return switch (payment.getStatus()) {
      case PAYMENT_STATUS_REQUESTED -> PaymentStatus.REQUESTED;
      case PAYMENT_STATUS_SUCCEEDED -> PaymentStatus.SUCCEEDED;
      case PAYMENT_STATUS_FAILED -> PaymentStatus.FAILED;
      case PAYMENT_STATUS_REFUND_REQUESTED -> PaymentStatus.REFUND_REQUESTED;
      case PAYMENT_STATUS_REFUNDED -> PaymentStatus.REFUNDED;
      case PAYMENT_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException(
              payment.getPaymentId()
                  + " has a status that is not known here: "
                  + payment.getStatusValue());
    };
  }
}
