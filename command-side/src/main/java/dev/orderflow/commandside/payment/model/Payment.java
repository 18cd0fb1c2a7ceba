package dev.orderflow.commandside.payment.model;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The one payment of an order. What was recorded first stands: a step that comes again, or that the
 * payment is past, changes nothing and is answered with how the payment stands.
 */
public class Payment {
  @AggregateIdentifier
  @SuppressWarnings("UnusedVariable") // Axon reads it.
  private @Nullable String streamId;

  private @Nullable PaymentState state;

  /** Before its first event. */
  public Payment() {}

  /** The name of a payment's stream in the event store. */
  public static String streamId(PaymentId paymentId) {
    return "payment-" + paymentId.value();
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  PaymentState request(RequestPayment command, Clock clock) {
    if (state == null) {
      apply(
          new PaymentRequestedEvent(
              command.paymentId(),
              command.orderId(),
              command.amount().amount(),
              command.amount().currency(),
              command.paymentMethod(),
              command.userId(),
              clock.instant()));
    }
    return state();
  }

  @CommandHandler
  PaymentState complete(CompletePayment command, Clock clock) {
    if (state().status() == PaymentStatus.REQUESTED) {
      apply(
          new PaymentCompletedEvent(
              state().orderId(),
              command.paymentId(),
              command.outcome(),
              command.reason(),
              state().amount().amount(),
              state().amount().currency(),
              clock.instant()));
    }
    return state();
  }

  @CommandHandler
  PaymentState requestRefund(RequestRefund command, Clock clock) {
    if (state().status() == PaymentStatus.SUCCEEDED) {
      apply(
          new RefundRequestedEvent(
              command.paymentId(),
              state().orderId(),
              state().amount().amount(),
              state().amount().currency(),
              clock.instant()));
    }
    return state();
  }

  @CommandHandler
  PaymentState completeRefund(CompleteRefund command, Clock clock) {
    if (state().status() == PaymentStatus.REFUND_REQUESTED) {
      apply(
          new PaymentRefundedEvent(
              command.paymentId(),
              state().orderId(),
              state().amount().amount(),
              state().amount().currency(),
              clock.instant()));
    }
    return state();
  }

  @EventSourcingHandler
  void on(PaymentEvent event) {
    switch (event) {
      case PaymentRequestedEvent requested -> {
        streamId = streamId(requested.paymentId());
        state = PaymentState.of(requested);
      }
      case PaymentCompletedEvent completed ->
          state =
              state()
                  .with(
                      completed.status() == PaymentOutcome.SUCCESS
                          ? PaymentStatus.SUCCEEDED
                          : PaymentStatus.FAILED,
                      completed.reason());
      case RefundRequestedEvent _ -> state = state().with(PaymentStatus.REFUND_REQUESTED, null);
      case PaymentRefundedEvent _ -> state = state().with(PaymentStatus.REFUNDED, null);
    }
  }

  /** How it stands. */
  public PaymentState state() {
    if (state == null) {
      throw new IllegalStateException("not requested yet");
    }
    return state;
  }
}
