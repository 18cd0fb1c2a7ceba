package dev.orderflow.saga.simulation;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.saga.tasks.Attempt;
import dev.orderflow.saga.tasks.TaskKind;
import dev.orderflow.saga.tasks.TaskStore;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/**
 * The rows of the saga service, of which a transaction changes all or nothing. While one is open no
 * other one comes in between; what was read before may be out of date by then.
 */
public final class SimulatedDatabase implements PlatformTransactionManager, TaskStore {
  private final Chance chance;
  private final Clock clock;
  private Rows rows = new Rows(new LinkedHashMap<>(), new LinkedHashMap<>());
  private @Nullable Rows before;
  private int letters;

  /**
   * A saga as it is stored.
   *
   * @param version counts how often it was written
   */
  public record SagaRow(String json, long version, @Nullable Instant deadline, boolean ended) {}

  /**
   * A task as it is stored.
   *
   * @param picked whether an instance has begun it, and is at it or has died
   * @param version of the row
   */
  public record TaskRow(
      String key, TaskKind<?> kind, Object data, Instant due, boolean picked, long version) {}

  private record Rows(Map<String, SagaRow> sagas, Map<String, TaskRow> tasks) {
    Rows copy() {
      return new Rows(new LinkedHashMap<>(sagas), new LinkedHashMap<>(tasks));
    }
  }

  /** Empty. */
  public SimulatedDatabase(Chance chance, Clock clock) {
    this.chance = chance;
    this.clock = clock;
  }

  @Override
  public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
    assertThat(before).as("a transaction in a transaction").isNull();
    before = rows.copy();
    return new SimpleTransactionStatus();
  }

  @Override
  public void commit(TransactionStatus status) {
    try {
      mayEnd();
    } catch (InjectedFault mishap) {
      rollback(status);
      throw mishap;
    }
    before = null;
  }

  @Override
  public void rollback(TransactionStatus status) {
    if (!rows.equals(before)) {
      chance.saw(Coverage.ROLLED_BACK);
    }
    rows = before;
    before = null;
  }

  private void mayEnd() {
    switch (chance.below(64)) {
      case 62 -> throw new InjectedFault.Failure();
      case 63 -> throw new InjectedFault.Crash();
      default -> {}
    }
  }

  /** All sagas, by order. Others may come in between before anything is done with them. */
  public Map<String, SagaRow> readSagas() {
    var read = Map.copyOf(rows.sagas());
    if (chance.oneIn(8)) {
      chance.meanwhile();
    }
    return read;
  }

  /** All sagas, by order. */
  public Map<String, SagaRow> sagas() {
    return Map.copyOf(rows.sagas());
  }

  /**
   * Stores a saga.
   *
   * @throws OptimisticLockingFailureException when the stored version is not the one before
   */
  public void write(String orderId, SagaRow saga) {
    mayEnd();
    var stored = rows.sagas().get(orderId);
    if ((stored == null ? 0 : stored.version()) != saga.version() - 1) {
      throw new OptimisticLockingFailureException(orderId);
    }
    rows.sagas().put(orderId, saga);
  }

  /** Moves deadlines, which changes no version. */
  public List<String> claimOverdue(Instant now, Instant until) {
    mayEnd();
    var overdue =
        rows.sagas().entrySet().stream()
            .filter(saga -> saga.getValue().deadline() != null)
            .filter(saga -> !saga.getValue().deadline().isAfter(now))
            .map(Map.Entry::getKey)
            .toList();
    for (var orderId : overdue) {
      var row = rows.sagas().get(orderId);
      rows.sagas().put(orderId, new SagaRow(row.json(), row.version(), until, row.ended()));
    }
    return overdue;
  }

  /** How many attempts were refused. */
  public int letters() {
    return letters;
  }

  /** All tasks. */
  public List<TaskRow> tasks() {
    return List.copyOf(rows.tasks().values());
  }

  /** Begins a task, also one at which another instance may still be. */
  public TaskRow pick(TaskRow task) {
    if (task.picked()) {
      chance.saw(Coverage.TASK_BEGUN_TWICE);
    }
    return put(task, true);
  }

  /** A task is done; nothing when another instance has begun it anew. */
  public void done(TaskRow picked) {
    rows.tasks().remove(picked.key(), picked);
  }

  /** A task is to be repeated; nothing when another instance has begun it anew. */
  public void failed(TaskRow picked) {
    if (picked.equals(rows.tasks().get(picked.key()))) {
      put(picked, false);
    }
  }

  private TaskRow put(TaskRow task, boolean picked) {
    var row =
        new TaskRow(task.key(), task.kind(), task.data(), task.due(), picked, task.version() + 1);
    rows.tasks().put(task.key(), row);
    return row;
  }

  @Override
  public void add(List<Attempt<?>> attempts) {
    for (var attempt : attempts) {
      mayEnd();
      if (attempt.isRefused()) {
        letters++;
        continue;
      }
      var row = row(attempt);
      rows.tasks().merge(row.key(), row, (stored, added) -> stored.picked() ? stored : added);
    }
  }

  /** Its instance may be taken for dead at any time. */
  @Override
  public void hold(List<Attempt<?>> attempts) {
    for (var attempt : attempts) {
      mayEnd();
      var row = row(attempt);
      rows.tasks().putIfAbsent(row.key(), row);
    }
  }

  @Override
  public void heartbeat(List<Attempt<?>> attempts) {}

  private <T> TaskRow row(Attempt<T> attempt) {
    return new TaskRow(key(attempt), attempt.kind(), attempt.data(), clock.instant(), false, 1);
  }

  @Override
  public void remove(List<Attempt<?>> attempts) {
    for (var attempt : attempts) {
      mayEnd();
      var removed = rows.tasks().get(key(attempt));
      if (removed != null && !removed.picked()) {
        chance.saw(Coverage.RECORDED_LATE);
        rows.tasks().remove(removed.key());
      }
    }
  }

  private static <T> String key(Attempt<T> attempt) {
    return attempt.kind().name() + "/" + attempt.kind().id().apply(attempt.data());
  }

  /** What is stored, for messages. */
  @Override
  public String toString() {
    return "sagas %s, tasks %s"
        .formatted(
            rows.sagas().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, saga -> saga.getValue().toString())),
            rows.tasks().keySet());
  }
}
