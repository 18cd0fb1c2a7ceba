package dev.orderflow.saga.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.PaymentMethod;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedPaymentProviderTest {
  private static final Money AMOUNT =
      new Money(new BigDecimal("50000"), Currency.getInstance("VND"));
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MANY = 1_000;

  private final SteppingClock clock = new SteppingClock();
  private final FakeProvider provider = new FakeProvider();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private GuardedPaymentProvider guarded = guarded(LONG, MANY);

  @BeforeEach
  void measure() {
    guarded.bindTo(meters);
  }

  @Test
  void an_answer_that_does_not_come_in_time_has_failed() {
    provider.next = new CompletableFuture<>();

    assertThat(charge(guarded(SHORT, MANY)))
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void answers_that_never_come_open_it() {
    provider.next = new CompletableFuture<>();
    guarded = guarded(SHORT, MANY);

    var silent = IntStream.range(0, 50).mapToObj(_ -> charge(guarded)).toList();
    assertThat(CompletableFuture.allOf(silent.toArray(CompletableFuture[]::new)))
        .failsWithin(LIMIT);

    assertRefused(charge(guarded), CallNotPermittedException.class);
  }

  @Test
  void that_some_get_no_answer_says_nothing_about_a_provider_that_answers_others_meanwhile() {
    provider.next = new CompletableFuture<>();
    guarded = guarded(SHORT, MANY);
    provider.meanwhile = () -> assertThat(guarded.refund("PAY-2-refund", "PAY-2")).isCompleted();
    var silent = IntStream.range(0, 300).mapToObj(_ -> charge(guarded)).toList();
    provider.meanwhile = () -> {};

    assertThat(CompletableFuture.allOf(silent.toArray(CompletableFuture[]::new)))
        .failsWithin(LIMIT);
    provider.next = answered();
    assertThat(charge(guarded)).isCompletedWithValue(ChargeAnswer.success());
  }

  @Test
  void what_was_left_unanswered_before_opens_nothing_and_takes_a_tenth_of_the_places() {
    provider.next = new CompletableFuture<>();
    guarded = guarded(LONG, 20);
    var repetitions = guarded.forRepetitions();
    var _ = charge(repetitions);
    var _ = charge(repetitions);

    assertRefused(charge(repetitions), BulkheadFullException.class);

    provider.next = failed();
    guarded = guarded(LONG, MANY);
    for (var i = 0; i < MANY; i++) {
      var _ = charge(guarded.forRepetitions());
    }
    provider.next = answered();
    assertThat(charge(guarded)).isCompletedWithValue(ChargeAnswer.success());
  }

  @Test
  void answers_that_come_too_late_do_not_excuse_those_that_do_not_come() {
    var late = new CompletableFuture<ChargeAnswer>();
    provider.next = late;
    guarded = guarded(SHORT.multipliedBy(20), MANY);
    assertThat(charge(guarded)).failsWithin(LIMIT);

    provider.next = new CompletableFuture<>();
    var silent = IntStream.range(0, 50).mapToObj(_ -> charge(guarded)).toList();
    late.complete(ChargeAnswer.success());
    assertThat(CompletableFuture.allOf(silent.toArray(CompletableFuture[]::new)))
        .failsWithin(LIMIT);

    assertRefused(charge(guarded), CallNotPermittedException.class);
  }

  @Test
  void after_the_pause_what_was_left_unanswered_before_is_enough_to_close_it() {
    open();
    provider.next = answered();
    assertRefused(charge(guarded.forRepetitions()), CallNotPermittedException.class);
    clock.pass(PAUSE.plusMillis(1));

    var repetitions = guarded.forRepetitions();
    for (var i = 0; i < 10; i++) {
      assertThat(charge(repetitions)).isCompletedWithValue(ChargeAnswer.success());
    }

    assertState("closed");
  }

  @Test
  void what_was_left_unanswered_before_has_a_share_of_the_trial_calls_at_most() {
    open();
    clock.pass(PAUSE.plusMillis(1));
    provider.next = new CompletableFuture<>();
    var repetitions = guarded.forRepetitions();
    var _ = charge(repetitions);
    var _ = charge(repetitions);

    assertRefused(charge(repetitions), BulkheadFullException.class);
    provider.next = answered();
    for (var i = 0; i < 8; i++) {
      assertThat(charge(guarded)).isCompletedWithValue(ChargeAnswer.success());
    }
  }

  @Test
  void a_call_that_was_given_up_gives_its_place_back_and_leaves_the_call_itself_alone() {
    var silent = new CompletableFuture<ChargeAnswer>();
    provider.next = silent;
    guarded = guarded(SHORT, 1);
    assertThat(charge(guarded)).failsWithin(LIMIT);

    provider.next = answered();

    assertThat(charge(guarded)).isCompletedWithValue(ChargeAnswer.success());
    assertThat(silent).isNotDone();
  }

  @Test
  void a_call_beyond_those_under_way_is_refused_and_not_made() {
    var underWay = new CompletableFuture<ChargeAnswer>();
    provider.next = underWay;
    guarded = guarded(LONG, 1);
    var first = charge(guarded);

    assertRefused(charge(guarded), BulkheadFullException.class);
    assertRefused(guarded.refund("PAY-1-refund", "PAY-1"), BulkheadFullException.class);
    assertThat(provider.calls).isEqualTo(1);

    underWay.complete(ChargeAnswer.success());
    assertThat(first).isCompletedWithValue(ChargeAnswer.success());
    assertThat(charge(guarded)).isCompletedWithValue(ChargeAnswer.success());
  }

  @Test
  void declined_charges_are_answers() {
    provider.next = CompletableFuture.completedFuture(ChargeAnswer.failed("card_declined"));

    times(MANY);

    assertThat(provider.calls).isEqualTo(MANY);
    assertState("closed");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 49, closed", // a few silent payments while little else is charged
    "0, 50, open",
    "51, 50, closed", // many of them while as much is answered
    "50, 50, open",
    "1000, 900, closed",
  })
  void it_opens_when_half_of_many_calls_fail(int answers, int failures, String state) {
    times(answers);
    provider.next = failed();

    times(failures);

    assertState(state);
  }

  @Test
  void failures_of_more_than_a_minute_ago_are_forgotten() {
    provider.next = failed();
    times(49);
    clock.pass(Duration.ofSeconds(61));

    times(49);

    assertState("closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"charge", "refund"})
  void while_it_is_open_nothing_is_asked(String call) {
    open();
    provider.next = answered();
    clock.pass(PAUSE.minusMillis(1));

    assertRefused(
        call.equals("charge") ? charge(guarded) : guarded.refund("PAY-1-refund", "PAY-1"),
        CallNotPermittedException.class);

    assertThat(provider.calls).isEqualTo(50);
    assertState("open");
  }

  @ParameterizedTest
  @CsvSource({
    "9, 0, half_open", // not yet known
    "10, 0, closed",
    "6, 4, closed",
    "5, 5, open",
    "0, 10, open",
  })
  void after_the_pause_ten_calls_decide(int answers, int failures, String state) {
    open();
    clock.pass(PAUSE.plusMillis(1));

    provider.next = answered();
    times(answers);
    provider.next = failed();
    times(failures);

    assertThat(provider.calls).isEqualTo(50 + answers + failures);
    assertState(state);
  }

  @Test
  void while_the_ten_are_under_way_no_other_is_made() {
    open();
    clock.pass(PAUSE.plusMillis(1));
    var trial = new CompletableFuture<ChargeAnswer>();
    provider.next = trial;
    times(10);

    assertRefused(charge(guarded), CallNotPermittedException.class);
    assertThat(meters.get("orderflow.payment.provider.calls").gauge().value()).isEqualTo(10);

    trial.complete(ChargeAnswer.success());
    assertState("closed");
    assertThat(meters.get("orderflow.payment.provider.calls").gauge().value()).isZero();
  }

  private void open() {
    provider.next = failed();
    times(50);
    assertState("open");
  }

  private void times(int count) {
    for (var i = 0; i < count; i++) {
      var _ = charge(guarded);
    }
  }

  private void assertState(String expected) {
    assertThat(
            List.of("closed", "half_open", "open").stream()
                .filter(state ->
                    meters
                            .get("orderflow.payment.provider.circuit")
                            .tag("state", state)
                            .gauge()
                            .value()
                        == 1))
        .containsExactly(expected);
  }

  private static void assertRefused(
      CompletableFuture<?> call, Class<? extends Exception> expected) {
    assertThat(call).isCompletedExceptionally();
    assertThat(call.exceptionNow()).isInstanceOf(expected);
  }

  private static CompletableFuture<ChargeAnswer> charge(PaymentProvider guarded) {
    return guarded.charge("PAY-1", AMOUNT, null);
  }

  private GuardedPaymentProvider guarded(Duration timeout, int calls) {
    return new GuardedPaymentProvider(provider, Guard.properties(timeout, calls, PAUSE), clock);
  }

  private static CompletableFuture<ChargeAnswer> answered() {
    return CompletableFuture.completedFuture(ChargeAnswer.success());
  }

  private static CompletableFuture<ChargeAnswer> failed() {
    return CompletableFuture.failedFuture(new IllegalStateException("down"));
  }

  private static final class FakeProvider implements PaymentProvider {
    private CompletableFuture<ChargeAnswer> next = answered();
    private Runnable meanwhile = () -> {};
    private int calls;

    @Override
    public CompletableFuture<ChargeAnswer> charge(
        String idempotencyKey, Money amount, @Nullable PaymentMethod paymentMethod) {
      calls++;
      meanwhile.run();
      return next;
    }

    @Override
    public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
      calls++;
      return CompletableFuture.completedFuture(null);
    }
  }

  private static final class SteppingClock extends Clock {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
