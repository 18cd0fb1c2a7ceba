package dev.orderflow.commandside.payment.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.commandside.eventstore.AggregateReader;
import dev.orderflow.commandside.eventstore.Commands;
import dev.orderflow.commandside.payment.model.Payment;
import dev.orderflow.commandside.payment.model.PaymentState;
import dev.orderflow.platform.error.RequestCheck;
import java.util.Objects;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
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

  /**
   * Records the outcome of a payment. What was recorded first stands.
   *
   * @param orderId must be the order that the payment pays
   * @param outcome null when the caller sent none: a violation
   * @param reason why it failed; null when it did not, or nobody knows
   */
  public PaymentState complete(
      String paymentId, String orderId, @Nullable PaymentOutcome outcome, @Nullable String reason)
      throws Rejection {
    var check = new RequestCheck();
    var payment = check.required("paymentId", paymentId, PaymentId::new);
    var order = check.required("orderId", orderId, OrderId::new);
    if (payment != null && order != null && !PaymentId.of(order).equals(payment)) {
      check.violated("orderId", "must be the order that the payment pays");
    }
    if (outcome == null) {
      check.violated("outcome", "must be SUCCESS or FAILED");
    }
    return execute(
        check.orThrow(() ->
            new CompletePayment(
                Objects.requireNonNull(payment), Objects.requireNonNull(outcome), reason)));
  }

  /** How a payment stands right now. */
  public PaymentState get(PaymentId paymentId) throws Rejection {
    return payments
        .read(Payment.streamId(paymentId), Payment::state)
        .orElseThrow(Rejection.PaymentNotFound::new);
  }
}
