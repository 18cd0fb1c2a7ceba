package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.orderflow.saga.Worker;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;

/**
 * The schedulers, one for each worker. They start before those that store tasks, and stop after
 * them.
 */
public final class TaskQueues implements SmartLifecycle {
  private final List<Scheduler> schedulers;
  private final Map<Worker, TaskStore> stores;
  private volatile boolean running;

  TaskQueues(List<Scheduler> schedulers, Map<Worker, TaskStore> stores) {
    this.schedulers = List.copyOf(schedulers);
    this.stores = new EnumMap<>(stores);
  }

  /** Where the tasks of a worker are stored. */
  public TaskStore of(Worker worker) {
    return Objects.requireNonNull(stores.get(worker), "worker");
  }

  @Override
  public void start() {
    schedulers.forEach(Scheduler::start);
    running = true;
  }

  /** All at once: each waits for its tasks. */
  @Override
  public void stop() {
    running = false;
    try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
      schedulers.forEach(scheduler -> stopping.execute(scheduler::stop));
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
