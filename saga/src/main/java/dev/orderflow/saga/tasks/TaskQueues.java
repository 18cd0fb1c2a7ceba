package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.orderflow.saga.Worker;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;

/**
 * The schedulers, one for each worker. They start before those that store tasks, and stop after
 * them.
 */
public final class TaskQueues implements SmartLifecycle {
  private final Map<Worker, Scheduler> schedulers;
  private volatile boolean running;

  TaskQueues(Map<Worker, Scheduler> schedulers) {
    this.schedulers = new EnumMap<>(schedulers);
  }

  /** Where the tasks of a worker are stored, in the transaction of who decides them. */
  public SchedulerClient of(Worker worker) {
    return Objects.requireNonNull(schedulers.get(worker), "worker");
  }

  @Override
  public void start() {
    schedulers.values().forEach(Scheduler::start);
    running = true;
  }

  /** All at once: each waits for its tasks. */
  @Override
  public void stop() {
    running = false;
    try (var stopping = Executors.newVirtualThreadPerTaskExecutor()) {
      schedulers.values().forEach(scheduler -> stopping.execute(scheduler::stop));
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
