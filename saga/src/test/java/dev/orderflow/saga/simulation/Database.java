package dev.orderflow.saga.simulation;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.orderflow.api.ordering.OrderId;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/**
 * The rows of the saga service, of which a transaction changes all or nothing. As long as one has
 * written nothing, others may come in between; from then on it holds its locks.
 */
public final class Database implements PlatformTransactionManager {
  private final Chance chance;
  private final Deque<Rows> before = new ArrayDeque<>();
  private Rows rows = new Rows(new LinkedHashMap<>(), new HashSet<>(), new LinkedHashMap<>());
  private boolean locked;

  /**
   * A saga as it is stored.
   *
   * @param associations in the form that the store gives them
   */
  public record SagaRow(String json, Set<?> associations) {}

  /**
   * A task as it is stored.
   *
   * @param picked whether an instance has begun it, and is at it or has died
   * @param version of the row
   */
  public record TaskRow(TaskInstance<?> task, Instant due, boolean picked, long version) {}

  private record Rows(
      Map<String, SagaRow> sagas, Set<OrderId> started, Map<String, TaskRow> tasks) {
    Rows copy() {
      return new Rows(
          new LinkedHashMap<>(sagas), new HashSet<>(started), new LinkedHashMap<>(tasks));
    }
  }

  /** Empty. */
  public Database(Chance chance) {
    this.chance = chance;
  }

  @Override
  public TransactionStatus getTransaction(TransactionDefinition definition) {
    if (!before.isEmpty()) {
      chance.saw(Seen.INSTANCES_MET);
    }
    before.push(rows.copy());
    return new SimpleTransactionStatus();
  }

  @Override
  public void commit(TransactionStatus status) {
    try {
      mayEnd();
    } catch (Mishap mishap) {
      rollback(status);
      throw mishap;
    }
    end(status);
    stands();
  }

  /** Whoever is in a transaction now has written nothing, and goes on from here. */
  private void stands() {
    var open = before.size();
    before.clear();
    for (var i = 0; i < open; i++) {
      before.push(rows.copy());
    }
  }

  @Override
  public void rollback(TransactionStatus status) {
    if (locked) {
      chance.saw(Seen.ROLLED_BACK);
    }
    rows = before.peek();
    end(status);
  }

  private void end(TransactionStatus status) {
    before.pop();
    locked = false;
    ((SimpleTransactionStatus) status).setCompleted();
  }

  /** For a change. */
  private Rows toWrite() {
    mayEnd();
    locked = true;
    return rows;
  }

  private void mayEnd() {
    switch (chance.below(64)) {
      case 62 -> throw new Mishap.Failure();
      case 63 -> throw new Mishap.Crash();
      default -> {}
    }
  }

  /** A point at which others may come in between, unless this transaction holds locks. */
  public void read() {
    if (!locked && chance.oneIn(8)) {
      chance.meanwhile();
    }
  }

  /** All sagas, by id. */
  public Map<String, SagaRow> sagas() {
    return rows.sagas();
  }

  /** Locks a saga. Empty when it has ended. */
  public Optional<SagaRow> lock(String id) {
    return Optional.ofNullable(toWrite().sagas().get(id));
  }

  /** Stores a saga. */
  public void put(String id, SagaRow saga) {
    toWrite().sagas().put(id, saga);
  }

  /** Removes a saga. */
  public void remove(String id) {
    toWrite().sagas().remove(id);
  }

  /** Notes that an order gets its saga; false when it got one before. */
  public boolean start(OrderId orderId) {
    return toWrite().started().add(orderId);
  }

  /** All tasks. */
  public List<TaskRow> tasks() {
    return List.copyOf(rows.tasks().values());
  }

  /** Begins a task, also one at which another instance may still be. */
  public TaskRow pick(TaskRow task) {
    if (task.picked()) {
      chance.saw(Seen.TASK_BEGUN_TWICE);
    }
    return put(task, true);
  }

  /** A task is done; nothing when another instance has begun it anew. */
  public void done(TaskRow picked) {
    rows.tasks().remove(key(picked.task()), picked);
    stands();
  }

  /** A task is to be repeated; nothing when another instance has begun it anew. */
  public void failed(TaskRow picked) {
    if (picked.equals(rows.tasks().get(key(picked.task())))) {
      put(picked, false);
    }
  }

  private TaskRow put(TaskRow task, boolean picked) {
    var row = new TaskRow(task.task(), task.due(), picked, task.version() + 1);
    rows.tasks().put(key(task.task()), row);
    stands();
    return row;
  }

  private static String key(TaskInstanceId task) {
    return task.getTaskName() + "/" + task.getId();
  }

  /** Where tasks are stored and cancelled, in the transaction of who decides them. */
  public SchedulerClient scheduler() {
    return (SchedulerClient)
        Proxy.newProxyInstance(
            SchedulerClient.class.getClassLoader(),
            new Class<?>[] {SchedulerClient.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "scheduleIfNotExists" ->
                      schedule((TaskInstance<?>) arguments[0], (Instant) arguments[1]);
                  case "cancel" -> cancel((TaskInstanceId) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  private boolean schedule(TaskInstance<?> task, Instant due) {
    return toWrite().tasks().putIfAbsent(key(task), new TaskRow(task, due, false, 1)) == null;
  }

  private Object cancel(TaskInstanceId id) {
    var tasks = toWrite().tasks();
    var task = tasks.get(key(id));
    if (task == null) {
      throw new TaskInstanceNotFoundException(id.getTaskName(), id.getId());
    }
    if (task.picked()) {
      throw new TaskInstanceCurrentlyExecutingException(id.getTaskName(), id.getId());
    }
    return tasks.remove(key(id));
  }

  /** The ids of all that is stored, for messages. */
  @Override
  public String toString() {
    return "sagas %s, tasks %s"
        .formatted(
            rows.sagas().values().stream().map(SagaRow::json).toList(),
            new ArrayList<>(rows.tasks().keySet()));
  }
}
