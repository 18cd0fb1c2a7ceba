package dev.orderflow.commandside.payment.grpc;

import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.commandside.commands.grpc.CommandMessages;
import dev.orderflow.commandside.payment.model.PaymentState;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.proto.command.v1.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class PaymentCommandMessages implements CommandMessages {
  @Override
  public Optional<Object> read(Command message) {
    return Optional.ofNullable(
        switch (message.getCommandCase()) {
          case REQUEST_PAYMENT -> PaymentGrpcService.command(message.getRequestPayment());
          case COMPLETE_PAYMENT -> PaymentGrpcService.command(message.getCompletePayment());
          case REQUEST_REFUND ->
              new RequestRefund(new PaymentId(message.getRequestRefund().getPaymentId()));
          case COMPLETE_REFUND ->
              new CompleteRefund(new PaymentId(message.getCompleteRefund().getPaymentId()));
          default -> null;
        });
  }

  @Override
  public Optional<Outcome> outcome(Object command, Object answer) {
    return answer instanceof PaymentState payment
        ? Optional.of(Outcome.newBuilder().setPayment(PaymentGrpcService.payment(payment)).build())
        : Optional.empty();
  }
}
