package dev.orderflow.saga.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.springframework.context.SmartLifecycle;

/**
 * The schedulers, one for each lane. They start before those that store tasks, and stop after them.
 */
public final class TaskQueues implements SmartLifecycle {
  private final Map<Lane, Scheduler> schedulers;
  private volatile boolean running;

  TaskQueues(Map<Lane, Scheduler> schedulers) {
    this.schedulers = new EnumMap<>(schedulers);
  }

  /** Where the tasks of a lane are stored, in the transaction of who decides them. */
  public SchedulerClient of(Lane lane) {
    return Objects.requireNonNull(schedulers.get(lane), "lane");
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
