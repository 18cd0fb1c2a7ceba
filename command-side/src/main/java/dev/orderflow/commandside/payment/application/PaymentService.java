package dev.orderflow.commandside.payment.application;

import dev.orderflow.api.Rejection;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCommand;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.commandside.commands.CommandGateway;
import dev.orderflow.commandside.eventstore.AggregateType;
import dev.orderflow.commandside.eventstore.Aggregates;
import dev.orderflow.commandside.payment.model.Payment;
import dev.orderflow.commandside.payment.model.PaymentState;
import dev.orderflow.platform.error.RequestCheck;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What services can do with payments, and how they stand right now. */
@Service
public class PaymentService {
  private final CommandGateway commands;
  private final Aggregates aggregates;
  private final AggregateType<Payment, PaymentCommand> payments;

  PaymentService(
      CommandGateway commands,
      Aggregates aggregates,
      AggregateType<Payment, PaymentCommand> payments) {
    this.commands = commands;
    this.aggregates = aggregates;
    this.payments = payments;
  }

  /** Has the command handled and answers with how the payment stands after it. */
  public PaymentState execute(PaymentCommand command) throws Rejection {
    return commands.execute(command, PaymentState.class);
  }

  /**
   * The command that records the outcome of a payment. What was recorded first stands.
   *
   * @param orderId must be the order that the payment pays
   * @param outcome null when the caller sent none: a violation
   * @param reason why it failed; null when it did not, or nobody knows
   */
  public static CompletePayment completion(
      String paymentId, String orderId, @Nullable PaymentOutcome outcome, @Nullable String reason) {
    var check = new RequestCheck();
    var payment = check.required("paymentId", paymentId, PaymentId::new);
    var order = check.required("orderId", orderId, OrderId::new);
    if (payment != null && order != null && !PaymentId.of(order).equals(payment)) {
      check.violated("orderId", "must be the order that the payment pays");
    }
    if (outcome == null) {
      check.violated("outcome", "must be SUCCESS or FAILED");
    }
    return check.orThrow(() ->
        new CompletePayment(
            Objects.requireNonNull(payment), Objects.requireNonNull(outcome), reason));
  }

  /** How payments stand right now; those that do not exist are missing. */
  public Collection<PaymentState> get(Collection<PaymentId> paymentIds) {
    return aggregates
        .read(
            paymentIds.stream().map(id -> payments.stream(Payment.streamId(id))).toList(),
            Payment::state)
        .values();
  }
}
