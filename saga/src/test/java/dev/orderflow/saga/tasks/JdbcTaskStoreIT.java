package dev.orderflow.saga.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.deadletters.DeadLetter;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.deadletters.KeptTask;
import dev.orderflow.platform.deadletters.StoredLetters;
import dev.orderflow.platform.testing.RecordedTraces;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.platform.tracing.Traces.Part;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.attempts.Attempts;
import dev.orderflow.saga.testing.SagaDatabase;
import io.grpc.Status;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcTaskStoreIT {
  private static final SagaDatabase DATABASE = new SagaDatabase();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskKind<ConfirmOrder> KIND =
      new TaskKind<>(
          Worker.ORDER_SAGA,
          "confirm",
          ConfirmOrder.class,
          command -> command.orderId().value(),
          ConfirmOrder::orderId);

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final DeadLetters letters = new DeadLetters(DATABASE.jdbc(), clock);
  private final StoredLetters stored = new StoredLetters(DATABASE.jdbc(), clock, "saga");
  private final JdbcTaskStore store =
      new JdbcTaskStore(
          Worker.ORDER_SAGA,
          "attempts-1",
          DATABASE.jdbc(),
          letters,
          new OwnFailures(DATABASE.jdbc(), clock),
          new RetryDelays(new Random(1), Duration.ofSeconds(10), Duration.ofHours(1)),
          new WakeUp(clock, () -> {}),
          clock);

  JdbcTaskStoreIT() {
    DATABASE.jdbc().sql("DELETE FROM scheduled_tasks").update();
    DATABASE.jdbc().sql("DELETE FROM dead_letter").update();
    DATABASE.jdbc().sql("DELETE FROM own_failure").update();
  }

  @Test
  void what_has_not_ended_is_held_and_what_has_failed_comes_due_soon() {
    store.hold(List.of(underWay("ORD-1")));
    store.add(List.of(failed("ORD-2", Status.UNAVAILABLE)));

    assertThat(held("attempts-1")).containsExactly("ORD-1");
    assertThat(due("BETWEEN '2026-01-02T03:04:05.001Z' AND '2026-01-02T03:04:06Z'"))
        .containsExactly("ORD-2");
    assertThat(
            DATABASE
                .jdbc()
                .sql("SELECT convert_from(task_data, 'UTF8') FROM scheduled_tasks ORDER BY 1")
                .query(String.class)
                .list())
        .containsExactly("{\"orderId\":\"ORD-1\"}", "{\"orderId\":\"ORD-2\"}");
  }

  @Test
  void a_task_whose_data_this_release_cannot_read_is_listed_without_its_order() {
    store.hold(List.of(underWay("ORD-1"), underWay("ORD-2")));
    DATABASE
        .jdbc()
        .sql("UPDATE scheduled_tasks SET task_data = 'newer' WHERE task_instance = 'ORD-1'")
        .update();
    var tasks =
        new TaskList(DATABASE.jdbc(), List.of(new TaskHandlers(new TaskHandler<>(KIND, _ -> {}))));

    assertThat(tasks.after(null, 10))
        .extracting(TaskList.OpenTask::id, TaskList.OpenTask::orderId)
        .containsExactly(tuple("ORD-1", null), tuple("ORD-2", "ORD-2"));
  }

  @Test
  void a_call_that_is_under_way_is_listed_as_such() {
    store.hold(List.of(underWay("ORD-1")));
    store.add(List.of(failed("ORD-2", Status.UNAVAILABLE)));
    var tasks =
        new TaskList(DATABASE.jdbc(), List.of(new TaskHandlers(new TaskHandler<>(KIND, _ -> {}))));

    assertThat(tasks.after(null, 10))
        .extracting(TaskList.OpenTask::id, TaskList.OpenTask::underWay)
        .containsExactly(tuple("ORD-1", true), tuple("ORD-2", false));
  }

  @Test
  void a_task_is_done_in_the_trace_in_which_it_was_stored() {
    var traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    traces
        .traces()
        .together(
            "poll",
            List.of(new Part("poll", "ORD-1", trace)),
            () -> {
              store.hold(List.of(underWay("ORD-1"), underWay("ORD-2")));
              return true;
            });
    // It fails in the end, outside of any trace.
    store.add(List.of(failed("ORD-1", Status.ABORTED)));
    var traced = new TaskTraces(DATABASE.jdbc());
    var seen = new ArrayList<@Nullable String>();

    for (var orderId : List.of("ORD-1", "ORD-2")) {
      var task = new ConfirmOrder(new OrderId(orderId));
      new TaskHandler<>(KIND, _ -> seen.add(Traces.of(orderId)))
          .follow(task, traced.of(KIND, task), traces.traces());
    }

    var poll = traces.spans().getFirst();
    var retry = traces.spans().getLast();
    assertThat(traces.spans()).hasSize(2);
    assertThat(retry.getName()).isEqualTo("retry confirm");
    assertThat(retry.getParentSpanId()).isEqualTo(poll.getSpanId());
    assertThat(seen)
        .containsExactly("00-4bf92f3577b34da6a3ce929d0e0e4736-" + retry.getSpanId() + "-01", null);
  }

  @Test
  void what_was_given_up_is_sent_on_in_the_trace_in_which_it_was_to_be_done() {
    var traces = RecordedTraces.sampledBy(Sampler.alwaysOn());
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    traces
        .traces()
        .together(
            "poll",
            List.of(new Part("poll", "ORD-1", trace), new Part("poll", "ORD-2", trace)),
            () -> {
              store.hold(List.of(underWay("ORD-1")));
              store.add(List.of(failed("ORD-2", Status.INVALID_ARGUMENT)));
              return true;
            });
    store.add(List.of(failed("ORD-1", Status.INVALID_ARGUMENT)));
    store.add(List.of(failed("ORD-3", Status.INVALID_ARGUMENT)));
    var seen = new HashMap<String, @Nullable String>();
    var handler = new TaskHandler<>(KIND, command -> seen.put(id(command), Traces.of(id(command))));

    stored.open(9).stream()
        .map(DeadLetter::content)
        .forEach(content -> handler.retry((KeptTask) content, traces.traces()));

    assertThat(seen).hasSize(3).containsEntry("ORD-3", null);
    assertThat(seen.get("ORD-1")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
    assertThat(seen.get("ORD-2")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
    assertThat(traces.spans())
        .filteredOn(span -> span.getName().equals("retry confirm"))
        .hasSize(2);
  }

  private static String id(ConfirmOrder command) {
    return command.orderId().value();
  }

  @Test
  void the_same_twice_is_one_task_and_what_fails_later_comes_due_soon() {
    store.hold(List.of(underWay("ORD-1"), underWay("ORD-1")));
    store.hold(List.of(underWay("ORD-1")));
    assertThat(held("attempts-1")).containsExactly("ORD-1");

    store.add(List.of(failed("ORD-1", Status.ABORTED)));

    assertThat(held("attempts-1")).isEmpty();
    assertThat(due("BETWEEN '2026-01-02T03:04:05.001Z' AND '2026-01-02T03:04:06Z'"))
        .containsExactly("ORD-1");
  }

  @Test
  void what_fails_by_itself_again_and_again_comes_due_ever_later_until_it_is_done() {
    var failures = new OwnFailures(DATABASE.jdbc(), clock);

    store.add(List.of(failedByItself("ORD-1")));
    assertThat(due("BETWEEN '2026-01-02T03:04:10Z' AND '2026-01-02T03:04:15Z'")).hasSize(1);
    store.add(List.of(failedByItself("ORD-1")));
    store.add(List.of(failedByItself("ORD-1")));
    assertThat(due("BETWEEN '2026-01-02T03:04:25Z' AND '2026-01-02T03:04:45Z'")).hasSize(1);
    assertThat(suspects(failures, "ORD-1", 99)).containsExactly("ORD-1");

    store.remove(List.of(underWay("ORD-1")));

    assertThat(suspects(failures, "ORD-1", 99)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"INTERNAL", "UNKNOWN", "DATA_LOSS"})
  void what_the_command_side_fails_on_comes_due_ever_later(Status.Code code) {
    for (var times = 0; times < 3; times++) {
      store.add(List.of(failed("ORD-1", code.toStatus())));
    }

    assertThat(due("BETWEEN '2026-01-02T03:04:25Z' AND '2026-01-02T03:04:45Z'")).hasSize(1);
  }

  @Test
  void too_many_failures_of_a_party_make_its_other_tasks_suspects() {
    var failures = new OwnFailures(DATABASE.jdbc(), clock);
    store.add(List.of(failedByItself("ORD-1"), failedByItself("ORD-2")));

    assertThat(suspects(failures, "ORD-3", 3)).isEmpty();
    assertThat(suspects(failures, "ORD-3", 2)).containsExactly("ORD-3");
  }

  private static List<String> suspects(OwnFailures failures, String orderId, int most) {
    return failures
        .suspects(KIND, List.of(new ConfirmOrder(new OrderId(orderId))), _ -> "pm_1", most)
        .stream()
        .map(command -> command.orderId().value())
        .toList();
  }

  private static Attempt<ConfirmOrder> failedByItself(String orderId) {
    return new Attempt<>(
        KIND,
        new ConfirmOrder(new OrderId(orderId)),
        CompletableFuture.failedFuture(new OwnFailureException("silent", true, "pm_1")));
  }

  @Test
  void what_was_refused_is_a_letter_and_no_task() {
    store.add(List.of(failed("ORD-1", Status.INVALID_ARGUMENT)));

    assertThat(due("IS NOT NULL")).isEmpty();
    assertThat(stored.open(9))
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.orderId()).isEqualTo("ORD-1");
          assertThat(letter.content().identity()).isEqualTo("confirm/ORD-1");
          assertThat(letter.cause()).startsWith("confirm/ORD-1 was refused:");
          assertThat(letter.attempts()).isEqualTo(1);
        });
  }

  @Test
  void what_is_refused_late_is_a_letter_in_the_trace_of_the_task_that_it_was() {
    var end = new CompletableFuture<Void>();
    var attempts =
        new Attempts(() -> store, DATABASE.transaction(), Duration.ZERO, 10, Runnable::run);
    var left =
        attempts.conclude(
            List.of(new Attempt<>(KIND, new ConfirmOrder(new OrderId("ORD-1")), end)));
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    RecordedTraces.sampledBy(Sampler.alwaysOn())
        .traces()
        .together(
            "poll",
            List.of(new Part("poll", "ORD-1", trace)),
            () -> {
              left.write();
              return true;
            });
    left.committed();

    end.completeExceptionally(Status.INVALID_ARGUMENT.asRuntimeException());

    assertThat(due("IS NOT NULL")).isEmpty();
    assertThat(stored.open(9))
        .singleElement()
        .extracting(DeadLetter::content)
        .isInstanceOfSatisfying(
            KeptTask.class,
            task ->
                assertThat(task.traceparent()).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"FAILED_PRECONDITION", "NOT_FOUND"})
  void nothing_waits_behind_what_was_asked_for_on_the_word_of_a_false_record(Status.Code code) {
    store.add(List.of(failed("ORD-1", code.toStatus())));

    assertThat(stored.open(9))
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.orderId()).isNull();
          assertThat(letter.cause()).startsWith("confirm/ORD-1 was refused:");
        });
  }

  @Test
  void a_letter_that_nothing_waits_behind_becomes_one_that_its_order_waits_behind() {
    store.add(List.of(failed("ORD-1", Status.FAILED_PRECONDITION)));
    var forged = stored.open(9).getFirst();

    store.add(List.of(failed("ORD-1", Status.INVALID_ARGUMENT)));
    store.add(List.of(failed("ORD-1", Status.FAILED_PRECONDITION)));

    assertThat(stored.open(9))
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.id()).isEqualTo(forged.id());
          assertThat(letter.orderId()).isEqualTo("ORD-1");
          assertThat(letter.cause()).contains("INVALID_ARGUMENT");
        });
  }

  @Test
  void tasks_that_are_done_go_but_for_those_on_which_a_scheduler_or_another_instance_works() {
    var attempts = List.<Attempt<?>>of(underWay("ORD-1"), underWay("ORD-2"), underWay("ORD-3"));
    store.hold(attempts);
    pickedBy("saga-1", "ORD-2");
    pickedBy("attempts-2", "ORD-3");

    store.remove(attempts);
    store.add(List.of(failed("ORD-2", Status.ABORTED), failed("ORD-3", Status.ABORTED)));

    assertThat(held("attempts-1")).isEmpty();
    assertThat(held("saga-1")).containsExactly("ORD-2");
    assertThat(held("attempts-2")).containsExactly("ORD-3");
  }

  @Test
  void a_heartbeat_is_that_of_what_this_instance_holds() {
    var attempts = List.<Attempt<?>>of(underWay("ORD-1"), underWay("ORD-2"), underWay("ORD-3"));
    store.hold(attempts);
    pickedBy("attempts-2", "ORD-2");
    DATABASE.jdbc().sql("UPDATE scheduled_tasks SET last_heartbeat = '2026-01-01'").update();

    store.heartbeat(attempts.subList(0, 2));

    assertThat(tasks("last_heartbeat > '2026-01-01'")).containsExactly("ORD-1");
  }

  @Test
  void a_heartbeat_waits_for_no_task_that_is_being_taken_out() {
    var attempts = List.<Attempt<?>>of(underWay("ORD-1"), underWay("ORD-2"));
    store.hold(attempts);
    DATABASE.jdbc().sql("UPDATE scheduled_tasks SET last_heartbeat = '2026-01-01'").update();

    DATABASE
        .transaction()
        .executeWithoutResult(_ -> {
          store.remove(attempts.subList(0, 1));
          assertThat(CompletableFuture.runAsync(() -> store.heartbeat(attempts)))
              .succeedsWithin(Duration.ofSeconds(20));
        });

    assertThat(tasks("last_heartbeat > '2026-01-01'")).containsExactly("ORD-2");
  }

  private static void pickedBy(String holder, String orderId) {
    DATABASE
        .jdbc()
        .sql("UPDATE scheduled_tasks SET picked_by = ? WHERE task_instance = ?")
        .params(holder, orderId)
        .update();
  }

  private static List<String> held(String holder) {
    return tasks("picked AND picked_by = '%s'".formatted(holder));
  }

  private static Attempt<ConfirmOrder> underWay(String orderId) {
    return new Attempt<>(KIND, new ConfirmOrder(new OrderId(orderId)), new CompletableFuture<>());
  }

  private static Attempt<ConfirmOrder> failed(String orderId, Status status) {
    return new Attempt<>(
        KIND,
        new ConfirmOrder(new OrderId(orderId)),
        CompletableFuture.failedFuture(status.asRuntimeException()));
  }

  private static List<String> due(String condition) {
    return tasks("execution_time " + condition);
  }

  private static List<String> tasks(String condition) {
    return DATABASE
        .jdbc()
        .sql("SELECT task_instance FROM scheduled_tasks WHERE " + condition)
        .query(String.class)
        .list();
  }
}
