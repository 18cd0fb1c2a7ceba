package dev.orderflow.saga.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.payment.PaymentCompletedEvent;
import dev.orderflow.api.payment.PaymentId;
import dev.orderflow.api.payment.PaymentOutcome;
import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.platform.tracing.Traces.Part;
import dev.orderflow.proto.command.v1.Command;
import dev.orderflow.saga.commandside.CommandSender;
import dev.orderflow.saga.commandside.Outcome;
import dev.orderflow.saga.consumption.PollHandler.Changes;
import dev.orderflow.saga.ordering.OrderSagaStore.Overdue;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskStore;
import dev.orderflow.saga.testing.SagaDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

/** The rows of sagas in a real database, between instances. */
class OrderSagaStoreIT {
  private static final SagaDatabase DATABASE = new SagaDatabase();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final OrderId A = new OrderId("ORD-A");
  private static final OrderId B = new OrderId("ORD-B");

  private final OrderSagaStore store = new JdbcOrderSagaStore(DATABASE.jdbc());
  private final List<Command.CommandCase> sent = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  OrderSagaStoreIT() {
    DATABASE.jdbc().sql("DELETE FROM order_saga").update();
  }

  @Test
  void what_was_written_is_read() {
    var rows = List.of(row(A, 1, NOW, false), row(B, 1, null, true));

    write(rows);

    assertThat(store.find(List.of(A, B, new OrderId("ORD-C"))))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void sagas_of_which_one_was_written_by_others_are_not_written_at_all() {
    write(List.of(row(A, 1, NOW, false), row(B, 1, NOW, false)));
    write(List.of(row(B, 2, null, false)));

    assertThatThrownBy(() -> write(List.of(row(A, 2, null, false), row(B, 2, NOW, true))))
        .isInstanceOf(OptimisticLockingFailureException.class);
    assertThatThrownBy(
            () -> write(List.of(row(new OrderId("ORD-C"), 1, null, false), row(A, 1, null, false))))
        .isInstanceOf(OptimisticLockingFailureException.class);

    assertThat(store.find(List.of(A, B, new OrderId("ORD-C"))))
        .containsExactlyInAnyOrder(row(A, 1, NOW, false), row(B, 2, null, false));
  }

  @Test
  void a_deadline_and_an_outcome_that_meet_on_two_instances_are_decided_one_after_the_other() {
    write(List.of(row(A, 1, NOW, false)));
    var passed = new PaymentDeadlinePassed(A, NOW);

    var ofTheOutcome = instance(paid());
    var ofTheDeadline = instance(passed);
    commit(ofTheOutcome);
    assertThatThrownBy(() -> commit(ofTheDeadline))
        .isInstanceOf(OptimisticLockingFailureException.class);
    commit(instance(passed));

    assertThat(sent)
        .containsExactly(
            Command.CommandCase.CONFIRM_ORDER,
            Command.CommandCase.CANCEL_ORDER,
            Command.CommandCase.CONFIRM_ORDER);
    assertThat(store.find(List.of(A)))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.saga()).contains("CONFIRMING_PAID_ORDER");
          assertThat(row.deadline()).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
          assertThat(row.version()).isEqualTo(3);
        });
  }

  @Test
  void a_step_is_measured_once_although_what_it_has_changed_is_decided_again() {
    write(List.of(row(A, 1, NOW, false)));
    var overtaken = instance(paid());
    commit(instance(new PaymentDeadlinePassed(A, NOW)));
    assertThatThrownBy(() -> commit(overtaken))
        .isInstanceOf(OptimisticLockingFailureException.class);

    commit(instance(paid()));

    assertThat(meters.get("orderflow.order.step").tag("step", "ended").timer().count())
        .isEqualTo(1);
  }

  @Test
  void a_success_is_acted_on_also_when_the_saga_stays_as_it_is() {
    commit(instance(paid()));
    var row = store.find(List.of(A)).getFirst();

    commit(instance(paid()));

    assertThat(sent)
        .containsExactly(Command.CommandCase.CONFIRM_ORDER, Command.CommandCase.CONFIRM_ORDER);
    assertThat(store.find(List.of(A))).containsExactly(row);
  }

  private static PaymentCompletedEvent paid() {
    return new PaymentCompletedEvent(
        A,
        PaymentId.of(A),
        PaymentOutcome.SUCCESS,
        null,
        BigDecimal.TEN,
        Currency.getInstance("EUR"),
        NOW);
  }

  @Test
  void overdue_orders_are_taken_once_the_longest_overdue_first_and_come_again() {
    write(
        IntStream.range(0, 9)
            .mapToObj(i -> row(new OrderId("ORD-" + i), 1, NOW.minusSeconds(i), false))
            .toList());
    write(List.of(row(A, 1, NOW.plusSeconds(1), false), row(B, 1, null, true)));
    var until = NOW.plusSeconds(10);

    assertThat(store.claimOverdue(NOW, until, 2))
        .extracting(Overdue::orderId)
        .containsExactlyInAnyOrder(new OrderId("ORD-8"), new OrderId("ORD-7"));
    assertThat(store.claimOverdue(NOW, until, 100)).hasSize(7);
    assertThat(store.claimOverdue(NOW, until, 100)).isEmpty();
    assertThat(store.claimOverdue(until, until.plusSeconds(10), 100)).hasSize(10);
  }

  @Test
  void an_overdue_order_belongs_to_the_trace_in_which_its_saga_began() {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    var traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
    traces
        .traces()
        .together(
            "poll",
            List.of(new Part("poll", A.value(), trace)),
            () -> {
              write(List.of(row(A, 1, NOW, false), row(B, 1, NOW, false)));
              return true;
            });
    write(List.of(row(A, 2, NOW, false)));

    var began = "00-4bf92f3577b34da6a3ce929d0e0e4736-" + traces.spans().getFirst().getSpanId();
    assertThat(store.claimOverdue(NOW, NOW.plusSeconds(10), 100))
        .containsExactlyInAnyOrder(new Overdue(A, began + "-01"), new Overdue(B, null));
  }

  /** Decides and sends, and has not yet written. */
  private Changes instance(DomainEvent event) {
    return new OrderSagaHandler(
            store,
            new Recording(),
            new NoTasks(),
            Duration.ofMinutes(15),
            new OrderSteps(meters, Clock.systemUTC()),
            Clock.fixed(NOW, ZoneOffset.UTC))
        .handle(List.of(event));
  }

  private static void commit(Changes changes) {
    DATABASE.transaction().executeWithoutResult(_ -> changes.write());
    changes.committed();
  }

  private void write(List<StoredSaga> rows) {
    DATABASE.transaction().executeWithoutResult(_ -> store.write(rows));
  }

  private static StoredSaga row(OrderId orderId, long version, Instant deadline, boolean ended) {
    var json =
        "{\"orderId\":\"%s\",\"products\":[],\"stage\":\"WAITING_FOR_PAYMENT\"}".formatted(orderId);
    return new StoredSaga(orderId, json, version, deadline, ended);
  }

  private final class Recording implements CommandSender {
    @Override
    public List<Outcome> execute(List<Command> commands) {
      commands.forEach(command -> sent.add(command.getCommandCase()));
      return commands.stream().<Outcome>map(_ -> new Outcome.Decided()).toList();
    }
  }

  private static final class NoTasks implements TaskStore {
    @Override
    public void add(List<Attempt<?>> attempts) {
      assertThat(attempts).isEmpty();
    }

    @Override
    public void hold(List<Attempt<?>> attempts) {}

    @Override
    public void heartbeat(List<Attempt<?>> attempts) {}

    @Override
    public void remove(List<Attempt<?>> attempts) {}
  }
}
