package dev.orderflow.commandside.payment.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.payment.PaymentCommand;
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
import dev.orderflow.commandside.testing.AggregateDriver;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** A payment under any sequence of commands, step by step beside a plain model of its status. */
class PaymentPropertyTest {
  private static final OrderId ORDER = new OrderId("ORD-12345");
  private static final PaymentId PAYMENT = PaymentId.of(ORDER);
  private static final String STREAM = Payment.streamId(PAYMENT);

  @Property(tries = 400)
  void a_payment_moves_forward_and_every_step_moves_the_same_amount(
      @ForAll @Size(max = 20) List<@From("commands") PaymentCommand> commands) {
    var payment = new AggregateDriver<>(Payment.class);
    PaymentState model = null;
    for (var command : commands) {
      var before = payment.events(STREAM).size();
      var changed = after(model, command);

      var outcome = payment.execute(command);

      var events = payment.events(STREAM);
      if (changed == null) {
        assertThat(outcome.error()).isInstanceOf(AggregateNotFoundException.class);
        assertThat(events).isEmpty();
        continue;
      }
      assertThat(events).hasSize(changed.equals(model) ? before : before + 1);
      model = changed;
      assertThat(outcome.answer()).isEqualTo(model);
      assertThat(payment.<PaymentState>rebuilt(STREAM, Payment::state)).isEqualTo(model);
      assertThat(events.stream().map(PaymentPropertyTest::amountOf)).containsOnly(model.amount());
      assertThatNothingIsRefundedThatWasNotTaken(events);
    }
  }

  private static void assertThatNothingIsRefundedThatWasNotTaken(List<DomainEvent> events) {
    var taken =
        events.stream()
            .anyMatch(event ->
                event instanceof PaymentCompletedEvent completed
                    && completed.status() == PaymentOutcome.SUCCESS);
    if (!taken) {
      assertThat(events)
          .noneMatch(event ->
              event instanceof RefundRequestedEvent || event instanceof PaymentRefundedEvent);
    }
    assertThat(events.stream().filter(PaymentCompletedEvent.class::isInstance))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(events.stream().filter(PaymentRefundedEvent.class::isInstance))
        .hasSizeLessThanOrEqualTo(1);
  }

  private static Money amountOf(DomainEvent event) {
    return switch ((PaymentEvent) event) {
      case PaymentRequestedEvent e -> new Money(e.amount(), e.currency());
      case PaymentCompletedEvent e -> new Money(e.amount(), e.currency());
      case RefundRequestedEvent e -> new Money(e.amount(), e.currency());
      case PaymentRefundedEvent e -> new Money(e.amount(), e.currency());
    };
  }

  /** Null while there is no payment. */
  private static PaymentState after(PaymentState model, PaymentCommand command) {
    return switch (command) {
      case RequestPayment request when model == null ->
          new PaymentState(
              PAYMENT,
              ORDER,
              PaymentStatus.REQUESTED,
              request.amount(),
              request.paymentMethod(),
              request.userId(),
              null);
      case PaymentCommand _ when model == null -> null;
      case CompletePayment complete when model.status() == PaymentStatus.REQUESTED ->
          with(
              model,
              complete.outcome() == PaymentOutcome.SUCCESS
                  ? PaymentStatus.SUCCEEDED
                  : PaymentStatus.FAILED,
              complete.reason());
      case RequestRefund _ when model.status() == PaymentStatus.SUCCEEDED ->
          with(model, PaymentStatus.REFUND_REQUESTED, null);
      case CompleteRefund _ when model.status() == PaymentStatus.REFUND_REQUESTED ->
          with(model, PaymentStatus.REFUNDED, null);
      case RequestPayment _, CompletePayment _, RequestRefund _, CompleteRefund _ -> model;
    };
  }

  private static PaymentState with(PaymentState model, PaymentStatus status, String reason) {
    return new PaymentState(
        PAYMENT, ORDER, status, model.amount(), model.paymentMethod(), model.userId(), reason);
  }

  @Provide
  Arbitrary<PaymentCommand> commands() {
    Arbitrary<PaymentCommand> request =
        Combinators.combine(
                Arbitraries.bigDecimals().between(BigDecimal.ONE, BigDecimal.TEN).ofScale(2),
                Arbitraries.of("pm_card_visa", "pm_sim_slow")
                    .map(PaymentMethod::new)
                    .injectNull(0.3))
            .as((amount, method) ->
                new RequestPayment(ORDER, new Money(amount, Money.currency("EUR")), method));
    Arbitrary<PaymentCommand> complete =
        Arbitraries.of("card_declined", "expired")
            .injectNull(0.5)
            .map(reason ->
                new CompletePayment(
                    PAYMENT,
                    reason == null ? PaymentOutcome.SUCCESS : PaymentOutcome.FAILED,
                    reason));
    return Arbitraries.frequencyOf(
        Tuple.of(2, request),
        Tuple.of(2, complete),
        Tuple.of(1, Arbitraries.just(new RequestRefund(PAYMENT))),
        Tuple.of(1, Arbitraries.just(new CompleteRefund(PAYMENT))));
  }
}
