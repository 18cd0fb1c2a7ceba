package dev.orderflow.commandside.payment.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.payment.PaymentCommand.CompletePayment;
import dev.orderflow.api.payment.PaymentCommand.CompleteRefund;
import dev.orderflow.api.payment.PaymentCommand.RequestPayment;
import dev.orderflow.api.payment.PaymentCommand.RequestRefund;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.api.payment.PaymentRefundedEvent;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.commandside.testing.CommandTargets;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentTest {
  private static final Instant NOW = Instant.parse("2024-07-31T10:00:00Z");
  private static final Currency VND = Currency.getInstance("VND");
  private static final BigDecimal AMOUNT = new BigDecimal("100000");
  private static final OrderId ORDER = new OrderId("ORD-12345");
  private static final PaymentId PAYMENT = PaymentId.of(ORDER);
  private static final PaymentMethod VISA = new PaymentMethod("pm_card_visa");

  private static final RequestPayment REQUEST =
      new RequestPayment(ORDER, new Money(AMOUNT, VND), VISA);
  private static final CompletePayment SUCCEED =
      new CompletePayment(PAYMENT, PaymentOutcome.SUCCESS, null);
  private static final CompletePayment FAIL =
      new CompletePayment(PAYMENT, PaymentOutcome.FAILED, "card_declined");
  private static final RequestRefund REQUEST_REFUND = new RequestRefund(PAYMENT);
  private static final CompleteRefund COMPLETE_REFUND = new CompleteRefund(PAYMENT);

  private static final PaymentRequestedEvent REQUESTED =
      new PaymentRequestedEvent(PAYMENT, ORDER, AMOUNT, VND, VISA, NOW);
  private static final PaymentCompletedEvent SUCCEEDED =
      new PaymentCompletedEvent(ORDER, PAYMENT, PaymentOutcome.SUCCESS, null, AMOUNT, VND, NOW);
  private static final PaymentCompletedEvent FAILED =
      new PaymentCompletedEvent(
          ORDER, PAYMENT, PaymentOutcome.FAILED, "card_declined", AMOUNT, VND, NOW);
  private static final RefundRequestedEvent REFUND_REQUESTED =
      new RefundRequestedEvent(PAYMENT, ORDER, AMOUNT, VND, NOW);
  private static final PaymentRefundedEvent REFUNDED =
      new PaymentRefundedEvent(PAYMENT, ORDER, AMOUNT, VND, NOW);

  private AggregateTestFixture<Payment> fixture;

  @BeforeEach
  void payment() {
    fixture = new AggregateTestFixture<>(Payment.class);
    fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    fixture.registerCommandTargetResolver(new CommandTargets());
  }

  @Test
  void a_payment_is_requested() {
    fixture.givenNoPriorActivity().when(REQUEST).expectEvents(REQUESTED);
  }

  @Test
  void every_answer_says_how_the_payment_stands() {
    var requested = PaymentState.of(REQUESTED);

    answers(requested, REQUEST);
    answers(requested.with(PaymentStatus.SUCCEEDED, null), SUCCEED, REQUESTED);
    answers(requested.with(PaymentStatus.FAILED, "card_declined"), FAIL, REQUESTED);
    answers(
        requested.with(PaymentStatus.REFUND_REQUESTED, null), REQUEST_REFUND, REQUESTED, SUCCEEDED);
    answers(
        requested.with(PaymentStatus.REFUNDED, null),
        COMPLETE_REFUND,
        REQUESTED,
        SUCCEEDED,
        REFUND_REQUESTED);
  }

  private void answers(PaymentState state, Object command, Object... history) {
    payment();
    fixture.given(history).when(command).expectResultMessagePayload(state);
  }

  @Test
  void the_stream_of_a_payment_bears_its_id() {
    assertThat(Payment.streamId(PAYMENT)).isEqualTo("payment-PAY-12345");
  }

  @Test
  void an_order_is_never_asked_to_pay_twice() {
    changesNothing(REQUEST, REQUESTED);
    changesNothing(REQUEST, REQUESTED, FAILED);
    changesNothing(REQUEST, REQUESTED, SUCCEEDED);
  }

  @Test
  void the_outcome_is_recorded() {
    fixture.given(REQUESTED).when(SUCCEED).expectEvents(SUCCEEDED);
    payment();
    fixture.given(REQUESTED).when(FAIL).expectEvents(FAILED);
  }

  @Test
  void the_first_outcome_stands() {
    changesNothing(FAIL, REQUESTED, SUCCEEDED);
    changesNothing(SUCCEED, REQUESTED, FAILED);
    changesNothing(SUCCEED, REQUESTED, SUCCEEDED);
    changesNothing(FAIL, REQUESTED, SUCCEEDED, REFUND_REQUESTED);
    changesNothing(SUCCEED, REQUESTED, SUCCEEDED, REFUND_REQUESTED, REFUNDED);
  }

  @Test
  void money_that_was_taken_can_be_refunded_once() {
    fixture.given(REQUESTED, SUCCEEDED).when(REQUEST_REFUND).expectEvents(REFUND_REQUESTED);
    changesNothing(REQUEST_REFUND, REQUESTED, SUCCEEDED, REFUND_REQUESTED);
    changesNothing(REQUEST_REFUND, REQUESTED, SUCCEEDED, REFUND_REQUESTED, REFUNDED);
  }

  @Test
  void money_that_was_not_taken_is_not_refunded() {
    changesNothing(REQUEST_REFUND, REQUESTED);
    changesNothing(REQUEST_REFUND, REQUESTED, FAILED);
    changesNothing(COMPLETE_REFUND, REQUESTED, FAILED);
    changesNothing(COMPLETE_REFUND, REQUESTED, SUCCEEDED);
  }

  @Test
  void a_refund_is_recorded_once() {
    fixture
        .given(REQUESTED, SUCCEEDED, REFUND_REQUESTED)
        .when(COMPLETE_REFUND)
        .expectEvents(REFUNDED);
    changesNothing(COMPLETE_REFUND, REQUESTED, SUCCEEDED, REFUND_REQUESTED, REFUNDED);
  }

  @Test
  void a_payment_that_was_never_requested_cannot_be_completed() {
    fixture.givenNoPriorActivity().when(SUCCEED).expectException(AggregateNotFoundException.class);
  }

  private void changesNothing(Object command, Object... history) {
    payment();
    fixture.given(history).when(command).expectSuccessfulHandlerExecution().expectNoEvents();
  }
}
