package dev.orderflow.commandside.payment.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.commandside.eventstore.AggregateReader;
import dev.orderflow.commandside.eventstore.Commands;
import dev.orderflow.commandside.payment.model.Payment;
import dev.orderflow.commandside.payment.model.PaymentState;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.stereotype.Service;

/** What services can do with payments, and how one stands right now. */
@Service
public class PaymentService {
  private final Commands commands;
  private final AggregateReader<Payment> payments;

  PaymentService(Commands commands, AggregateReader<Payment> payments) {
    this.commands = commands;
    this.payments = payments;
  }

  /** Has the command handled and answers with how the payment stands after it. */
  public PaymentState execute(PaymentCommand command) throws Rejection {
    try {
      return commands.execute(command, PaymentState.class);
    } catch (AggregateNotFoundException _) {
      throw new Rejection.PaymentNotFound();
    }
  }

  /** How a payment stands right now. */
  public PaymentState get(PaymentId paymentId) throws Rejection {
    return payments
        .read(Payment.streamId(paymentId), Payment::state)
        .orElseThrow(Rejection.PaymentNotFound::new);
  }
}
