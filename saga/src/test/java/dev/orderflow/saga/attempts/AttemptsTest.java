package dev.orderflow.saga.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderCommand.ConfirmOrder;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskKind;
import dev.orderflow.saga.tasks.TaskStore;
import dev.orderflow.saga.testing.NoTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class AttemptsTest {
  private static final TaskKind<ConfirmOrder> KIND =
      new TaskKind<>(
          Worker.ORDER_SAGA,
          "confirm",
          ConfirmOrder.class,
          command -> command.orderId().value(),
          ConfirmOrder::orderId);

  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Attempt<ConfirmOrder> attempt =
      new Attempt<>(KIND, new ConfirmOrder(new OrderId("ORD-1")), end);
  private final Heartbeats tasks = new Heartbeats();
  private final Attempts attempts =
      new Attempts(
          () -> tasks,
          new TransactionTemplate(new NoTransactions()),
          Duration.ZERO,
          10,
          Runnable::run);

  @Test
  void what_is_stored_has_a_heartbeat_until_it_ends() {
    var changes = attempts.conclude(List.of(attempt));
    changes.write();
    attempts.heartbeat();
    assertThat(tasks.heard).as("before it is committed").isEmpty();

    changes.committed();
    attempts.heartbeat();
    attempts.heartbeat();
    assertThat(tasks.heard).containsExactly(attempt, attempt);

    end.complete(null);
    attempts.heartbeat();
    assertThat(tasks.heard).hasSize(2);
  }

  @Test
  void what_fails_has_no_heartbeat_any_more() {
    var changes = attempts.conclude(List.of(attempt));
    changes.write();
    changes.committed();

    end.completeExceptionally(new IllegalStateException("down"));
    attempts.heartbeat();

    assertThat(tasks.heard).isEmpty();
    assertThat(tasks.failed).containsExactly(attempt);
  }

  @Test
  void a_call_that_has_ended_has_no_heartbeat_although_its_task_is_not_settled() {
    var settling =
        new Attempts(
            () -> tasks, new TransactionTemplate(new NoTransactions()), Duration.ZERO, 10, _ -> {});
    settling.conclude(List.of(attempt)).committed();

    end.complete(null);
    settling.heartbeat();

    assertThat(tasks.heard).isEmpty();
  }

  @Test
  void heartbeats_come_by_themselves_also_after_one_that_has_failed() {
    attempts.conclude(List.of(attempt)).committed();
    tasks.outages.set(1);

    var heartbeats = new AttemptHeartbeats(List.of(attempts));
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> tasks.heard.size() >= 2);
    } finally {
      heartbeats.stop();
    }
  }

  private static final class Heartbeats implements TaskStore {
    private final List<Attempt<?>> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger outages = new AtomicInteger();
    private final List<Attempt<?>> failed = new ArrayList<>();

    @Override
    public void add(List<Attempt<?>> attempts) {
      failed.addAll(attempts);
    }

    @Override
    public void hold(List<Attempt<?>> attempts) {}

    @Override
    public void heartbeat(List<Attempt<?>> attempts) {
      if (outages.getAndDecrement() > 0) {
        throw new NoClassDefFoundError("not in this life");
      }
      heard.addAll(attempts);
    }

    @Override
    public void remove(List<Attempt<?>> attempts) {}
  }
}
