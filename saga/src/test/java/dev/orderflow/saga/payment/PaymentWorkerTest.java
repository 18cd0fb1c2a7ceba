package dev.orderflow.saga.payment;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.Money;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.PaymentMethod;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.api.payment.PaymentEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentRequestedEvent;
import dev.orderflow.api.payment.PaymentStatus;
import dev.orderflow.api.payment.RefundRequestedEvent;
import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.platform.tracing.Traces.Part;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.commandside.Outcome;
import dev.orderflow.saga.consumption.PollHandler.Changes;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.OwnFailureException;
import dev.orderflow.saga.tasks.TaskKind;
import dev.orderflow.saga.tasks.TaskStore;
import dev.orderflow.saga.testing.NoTransactions;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.TransactionTemplate;

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
  private final List<String> recorded = new ArrayList<>();
  private final CompletableFuture<ChargeAnswer> answer = new CompletableFuture<>();
  private PaymentStatus status = PaymentStatus.REQUESTED;
  private @Nullable RuntimeException unknown;
  private boolean unanswered;
  private final List<@Nullable String> askedAbout = new ArrayList<>();
  private Runnable whileCharging = () -> {};

  private final FakeTaskStore tasks = new FakeTaskStore();
  private Outcome outcome = new Outcome.Decided();
  private @Nullable PaymentProvider guarded;
  private final RecordedTraces traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
  private String traceOfTheRecord = "";
  private PaymentWorker worker = worker(Duration.ofMillis(50), 1);

  private PaymentWorker worker(Duration providerTimeout, int calls) {
    var provider =
        new GuardedPaymentProvider(
            new FakeProvider(),
            Guard.properties(providerTimeout, calls, Duration.ofSeconds(5)),
            Clock.systemUTC());
    guarded = provider;
    return new PaymentWorker(
        this::find,
        provider,
        provider.forRepetitions(),
        new Unanswered(),
        this::record,
        _ -> false,
        new Attempts(
            () -> tasks,
            new TransactionTemplate(new NoTransactions()),
            Duration.ofMillis(20),
            10,
            Runnable::run),
        request -> recorded.add(request.paymentId().value()),
        traces.traces());
  }

  @Test
  void an_open_payment_is_charged_under_its_id_and_the_answer_recorded() {
    answer.complete(ChargeAnswer.success());

    worker.finish(ProviderCall.CHARGE, CHARGE);

    assertThat(done)
        .containsExactly(
            "charge PAY-1 50000 VND pm_card_visa", "complete PAY-1 of ORD-1: SUCCESS null");
    assertThat(recorded).containsExactly("PAY-1");
  }

  @Test
  void what_is_charged_is_what_the_command_side_knows_and_not_what_a_record_says() {
    answer.complete(ChargeAnswer.success());
    var forged =
        new PaymentRequestedEvent(
            PAYMENT, ORDER, new BigDecimal("1"), VND, new PaymentMethod("pm_other"), Instant.EPOCH);

    worker.finish(ProviderCall.CHARGE, forged);

    assertThat(done).first().isEqualTo("charge PAY-1 50000 VND pm_card_visa");
  }

  @Test
  void what_the_provider_answers_is_recorded_in_the_trace_of_its_call() {
    answer.complete(ChargeAnswer.success());
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    traces
        .traces()
        .together(
            "poll",
            List.of(new Part("poll", "ORD-1", trace)),
            () -> worker.handle(List.of(CHARGE)));

    var call = traces.spans().stream().filter(span -> span.getName().equals("charge")).findFirst();
    assertThat(call).isPresent();
    assertThat(traceOfTheRecord)
        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-" + call.orElseThrow().getSpanId() + "-01");
    assertThat(traces.spans().toString()).doesNotContain("pm_card_visa", "50000", "alice");
  }

  @Test
  void a_declined_charge_is_recorded_with_its_reason() {
    answer.complete(ChargeAnswer.failed("card_declined"));

    worker.finish(ProviderCall.CHARGE, CHARGE);

    assertThat(done).last().isEqualTo("complete PAY-1 of ORD-1: FAILED card_declined");
  }

  @ParameterizedTest
  @EnumSource(value = PaymentStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "REQUESTED")
  void a_payment_that_is_no_longer_open_is_not_charged(PaymentStatus later) {
    status = later;

    worker.finish(ProviderCall.CHARGE, CHARGE);

    assertThat(done).isEmpty();
    assertThat(recorded).isEmpty();
  }

  @Test
  void a_charge_without_an_answer_in_time_is_not_done_and_records_nothing() {
    assertThatThrownBy(() -> worker.finish(ProviderCall.CHARGE, CHARGE));

    assertThat(done).containsExactly("charge PAY-1 50000 VND pm_card_visa");
    assertThat(recorded).isEmpty();
  }

  @Test
  void a_charge_that_is_repeated_bears_the_same_key() {
    assertThatThrownBy(() -> worker.finish(ProviderCall.CHARGE, CHARGE));
    answer.complete(ChargeAnswer.success());

    worker.finish(ProviderCall.CHARGE, CHARGE);

    assertThat(done.stream().filter(call -> call.startsWith("charge")).distinct()).hasSize(1);
  }

  @Test
  void an_error_of_the_provider_is_no_answer() {
    answer.completeExceptionally(new IllegalStateException("down"));

    assertThatThrownBy(() -> worker.finish(ProviderCall.CHARGE, CHARGE));

    assertThat(done).hasSize(1);
  }

  @Test
  void that_the_provider_is_silent_to_it_alone_is_a_failure_of_the_charge_itself() {
    worker = worker(Duration.ofMillis(50), 2);
    whileCharging = () -> guarded.refund("PAY-2-refund", "PAY-2").join();

    assertThatThrownBy(() -> worker.finish(ProviderCall.CHARGE, CHARGE))
        .isInstanceOf(OwnFailureException.class)
        .hasMessageContaining("charge of PAY-1");
  }

  @Test
  void that_the_provider_is_silent_to_all_is_no_failure_of_the_charge_itself() {
    assertThatThrownBy(() -> worker.finish(ProviderCall.CHARGE, CHARGE))
        .isNotInstanceOf(OwnFailureException.class)
        .hasMessageContaining("charge of PAY-1");
  }

  @Test
  void that_the_provider_fails_is_no_failure_of_the_charge_itself() {
    worker = worker(Duration.ofSeconds(30), 2);
    whileCharging = () -> guarded.refund("PAY-2-refund", "PAY-2").join();
    answer.completeExceptionally(new IllegalStateException("down"));

    assertThatThrownBy(() -> worker.finish(ProviderCall.CHARGE, CHARGE))
        .isNotInstanceOf(OwnFailureException.class)
        .hasMessageContaining("charge of PAY-1");
  }

  @Test
  void what_was_silent_before_takes_no_place_of_the_others() {
    worker = worker(Duration.ofSeconds(30), 1);
    worker.handle(List.of(CHARGE)).write();
    unanswered = true;
    status = PaymentStatus.REFUND_REQUESTED;

    worker.finish(ProviderCall.REFUND, REFUND);

    assertThat(done).last().isEqualTo("complete refund PAY-1");
  }

  @Test
  void who_pays_is_whom_the_command_side_knows() {
    var forged =
        new PaymentRequestedEvent(
            PAYMENT,
            ORDER,
            new BigDecimal("1"),
            VND,
            new PaymentMethod("pm_other"),
            new UserId("bob"),
            Instant.EPOCH);

    worker.handle(List.of(forged, REFUND));

    assertThat(askedAbout).containsExactly("alice", "alice");
  }

  @Test
  void that_the_guard_lets_a_charge_not_through_is_no_failure_of_its_own() {
    worker = worker(Duration.ofSeconds(30), 1);
    worker.handle(List.of(CHARGE)).write();
    status = PaymentStatus.REFUND_REQUESTED;

    assertThatThrownBy(() -> worker.finish(ProviderCall.REFUND, REFUND))
        .isInstanceOf(BulkheadFullException.class);
  }

  @Test
  void an_answer_that_the_command_side_does_not_take_is_not_done() {
    answer.complete(ChargeAnswer.success());
    outcome = new Outcome.Failed(Status.UNAVAILABLE.asRuntimeException());

    assertThatThrownBy(() -> worker.finish(ProviderCall.CHARGE, CHARGE))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void a_charge_of_a_poll_that_is_answered_at_once_leaves_no_task() {
    answer.complete(ChargeAnswer.success());

    assertThat(worker.handle(List.of(CHARGE, CHARGE))).isSameAs(Changes.NONE);

    assertThat(done).first().isEqualTo("charge PAY-1 50000 VND pm_card_visa");
    assertThat(done).last().isEqualTo("complete PAY-1 of ORD-1: SUCCESS null");
  }

  @Test
  void a_charge_of_a_poll_that_takes_long_is_a_task_until_it_is_recorded() {
    worker = worker(Duration.ofSeconds(30), 1);
    var changes = worker.handle(List.of(CHARGE));
    changes.write();
    changes.committed();
    assertThat(tasks.stored).containsExactly("charge/PAY-1 held");

    answer.complete(ChargeAnswer.success());

    assertThat(done).last().isEqualTo("complete PAY-1 of ORD-1: SUCCESS null");
    assertThat(tasks.removed).containsExactly("charge/PAY-1");
  }

  @Test
  void a_charge_of_a_poll_that_is_recorded_before_its_task_is_stored_leaves_none_all_the_same() {
    worker = worker(Duration.ofSeconds(30), 1);
    var changes = worker.handle(List.of(CHARGE));
    answer.complete(ChargeAnswer.success());

    changes.write();
    changes.committed();

    assertThat(tasks.removed).containsExactly("charge/PAY-1");
  }

  @Test
  void a_charge_of_a_poll_that_fails_later_comes_due_soon() {
    worker = worker(Duration.ofSeconds(30), 1);
    var changes = worker.handle(List.of(CHARGE));
    changes.write();
    changes.committed();

    answer.completeExceptionally(new IllegalStateException("down"));

    assertThat(tasks.stored).containsExactly("charge/PAY-1 held", "charge/PAY-1 soon");
  }

  @Test
  void a_charge_that_the_guard_refuses_is_a_task_that_comes_due_soon() {
    worker = worker(Duration.ofSeconds(30), 1);
    var other = new PaymentId("PAY-2");

    worker
        .handle(
            List.of(
                CHARGE,
                new PaymentRequestedEvent(
                    other, other.orderId(), new BigDecimal("1"), VND, null, Instant.EPOCH)))
        .write();

    assertThat(tasks.stored).containsExactly("charge/PAY-2 soon", "charge/PAY-1 held");
  }

  @Test
  void a_poll_whose_answers_are_not_recorded_becomes_tasks() {
    answer.complete(ChargeAnswer.success());
    outcome = new Outcome.Failed(Status.UNAVAILABLE.asRuntimeException());

    worker.handle(List.of(CHARGE)).write();

    assertThat(tasks.stored).containsExactly("charge/PAY-1 soon");
  }

  @Test
  void a_poll_moves_nothing_while_it_is_not_known_whether_its_payments_are_open() {
    unknown = Status.INVALID_ARGUMENT.asRuntimeException();

    worker.handle(List.of(CHARGE, REFUND)).write();

    assertThat(done).isEmpty();
    assertThat(tasks.stored).containsExactly("charge/PAY-1 soon", "refund/PAY-1 soon");
  }

  @Test
  void a_poll_asks_only_for_what_is_open() {
    status = PaymentStatus.REFUND_REQUESTED;

    assertThat(worker.handle(List.of(CHARGE, REFUND))).isSameAs(Changes.NONE);

    assertThat(done).containsExactly("refund PAY-1-refund of PAY-1", "complete refund PAY-1");
  }

  @Test
  void a_requested_refund_is_made_under_a_key_of_its_own_and_recorded() {
    status = PaymentStatus.REFUND_REQUESTED;

    worker.finish(ProviderCall.REFUND, REFUND);

    assertThat(done).containsExactly("refund PAY-1-refund of PAY-1", "complete refund PAY-1");
  }

  @ParameterizedTest
  @EnumSource(
      value = PaymentStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "REFUND_REQUESTED")
  void a_refund_that_is_not_open_is_not_made(PaymentStatus other) {
    status = other;

    worker.finish(ProviderCall.REFUND, REFUND);

    assertThat(done).isEmpty();
  }

  private Map<PaymentId, KnownPayment> find(Collection<PaymentId> payments) {
    if (unknown != null) {
      throw unknown;
    }
    var known =
        new KnownPayment(
            status,
            new Money(new BigDecimal("50000"), VND),
            new PaymentMethod("pm_card_visa"),
            new UserId("alice"));
    return payments.stream().collect(toMap(identity(), _ -> known));
  }

  private CompletableFuture<Outcome> record(Command command) {
    traceOfTheRecord = command.getTraceparent();
    done.add(
        switch (command.getCommandCase()) {
          case COMPLETE_PAYMENT -> {
            var complete = command.getCompletePayment();
            yield "complete %s of %s: %s %s"
                .formatted(
                    complete.getPaymentId(),
                    complete.getOrderId(),
                    complete.getOutcome().name().substring("PAYMENT_OUTCOME_".length()),
                    complete.hasReason() ? complete.getReason() : null);
          }
          case COMPLETE_REFUND -> "complete refund " + command.getCompleteRefund().getPaymentId();
          default -> throw new IllegalArgumentException(command.toString());
        });
    return CompletableFuture.completedFuture(outcome);
  }

  private final class Unanswered implements PaymentWorker.Repeated {
    @Override
    public <T extends PaymentEvent> Set<T> of(
        TaskKind<T> kind, Collection<T> requests, Function<T, @Nullable String> customerOf) {
      requests.stream().map(customerOf).forEach(askedAbout::add);
      return unanswered ? Set.copyOf(requests) : Set.of();
    }
  }

  private static final class FakeTaskStore implements TaskStore {
    private final List<String> stored = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    @Override
    public void add(List<Attempt<?>> attempts) {
      attempts.forEach(attempt -> stored.add(name(attempt) + " soon"));
    }

    @Override
    public void hold(List<Attempt<?>> attempts) {
      attempts.forEach(attempt -> stored.add(name(attempt) + " held"));
    }

    @Override
    public void heartbeat(List<Attempt<?>> attempts) {
      attempts.forEach(attempt -> stored.add(name(attempt) + " heartbeat"));
    }

    @Override
    public void remove(List<Attempt<?>> attempts) {
      attempts.forEach(attempt -> removed.add(name(attempt)));
    }

    private static <T> String name(Attempt<T> attempt) {
      return attempt.kind().name() + "/" + attempt.kind().id().apply(attempt.data());
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
      whileCharging.run();
      return answer;
    }

    @Override
    public CompletableFuture<Void> refund(String idempotencyKey, String chargeKey) {
      done.add("refund %s of %s".formatted(idempotencyKey, chargeKey));
      return CompletableFuture.completedFuture(null);
    }
  }
}
