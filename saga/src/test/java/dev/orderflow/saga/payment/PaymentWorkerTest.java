package dev.orderflow.saga.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.saga.payment.PaymentWorker.NoAnswerException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentWorkerTest {
  private static final OrderId ORDER = new OrderId("ORD-1");
  private static final PaymentId PAYMENT = PaymentId.of(ORDER);
  private static final Currency VND = Currency.getInstance("VND");
  private static final PaymentRequestedEvent CHARGE =
      new PaymentRequestedEvent(
          PAYMENT,
          ORDER,
          new BigDecimal("50000"),
          VND,
          new PaymentMethod("pm_card_visa"),
          Instant.EPOCH);
  private static final RefundRequestedEvent REFUND =
      new RefundRequestedEvent(PAYMENT, ORDER, new BigDecimal("50000"), VND, Instant.EPOCH);

  private final List<String> done = new ArrayList<>();
  private final CompletableFuture<ChargeAnswer> answer = new CompletableFuture<>();
  private PaymentStatus status = PaymentStatus.REQUESTED;

  private final PaymentWorker worker =
      new PaymentWorker(
          new FakePayments(),
          new GuardedPaymentProvider(
              new FakeProvider(),
              Guard.properties(Duration.ofMillis(50), 1, Duration.ofSeconds(5)),
              Clock.systemUTC()));

  @Test
  void an_open_payment_is_charged_under_its_id_and_the_answer_recorded() {
    answer.complete(ChargeAnswer.success());

    worker.charge(CHARGE);

    assertThat(done)
        .containsExactly(
            "charge PAY-1 50000 VND pm_card_visa", "complete PAY-1 of ORD-1: SUCCESS null");
  }

  @Test
  void a_declined_charge_is_recorded_with_its_reason() {
    answer.complete(ChargeAnswer.failed("card_declined"));

    worker.charge(CHARGE);

    assertThat(done).last().isEqualTo("complete PAY-1 of ORD-1: FAILED card_declined");
  }

  @ParameterizedTest
  @EnumSource(value = PaymentStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "REQUESTED")
  void a_payment_that_is_no_longer_open_is_not_charged(PaymentStatus later) {
    status = later;

    worker.charge(CHARGE);

    assertThat(done).isEmpty();
  }

  @Test
  void a_charge_without_an_answer_in_time_is_not_done_and_records_nothing() {
    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> worker.charge(CHARGE));

    assertThat(done).containsExactly("charge PAY-1 50000 VND pm_card_visa");
  }

  @Test
  void a_charge_that_is_repeated_bears_the_same_key() {
    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> worker.charge(CHARGE));
    answer.complete(ChargeAnswer.success());

    worker.charge(CHARGE);

    assertThat(done.stream().filter(call -> call.startsWith("charge")).distinct()).hasSize(1);
  }

  @Test
  void an_error_of_the_provider_is_no_answer() {
    answer.completeExceptionally(new IllegalStateException("down"));

    assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> worker.charge(CHARGE));

    assertThat(done).hasSize(1);
  }

  @Test
  void a_requested_refund_is_made_under_a_key_of_its_own_and_recorded() {
    status = PaymentStatus.REFUND_REQUESTED;

    worker.refund(REFUND);

    assertThat(done).containsExactly("refund PAY-1-refund of PAY-1", "complete refund PAY-1");
  }

  @ParameterizedTest
  @EnumSource(
      value = PaymentStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "REFUND_REQUESTED")
  void a_refund_that_is_not_open_is_not_made(PaymentStatus other) {
    status = other;

    worker.refund(REFUND);

    assertThat(done).isEmpty();
  }

  private final class FakePayments implements Payments {
    @Override
    public PaymentStatus statusOf(PaymentId paymentId) {
      return status;
    }

    @Override
    public void complete(PaymentId paymentId, OrderId orderId, ChargeAnswer given) {
      done.add(
          "complete %s of %s: %s %s"
              .formatted(paymentId, orderId, given.outcome(), given.reason()));
    }

    @Override
    public void completeRefund(PaymentId paymentId) {
      done.add("complete refund " + paymentId);
    }
  }

  private final class FakeProvider implements PaymentProvider {
    @Override
    public CompletableFuture<ChargeAnswer> charge(
        String idempotencyKey, Money amount, PaymentMethod paymentMethod) {
      done.add(
          "charge %s %s %s %s"
              .formatted(
                  idempotencyKey,
                  amount.amount().toPlainString(),
                  amount.currency(),
                  paymentMethod));
      return answer;
    }

    @Override
    public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
      done.add("refund %s of %s".formatted(idempotencyKey, chargeKey));
      return CompletableFuture.completedFuture(null);
    }
  }
}
