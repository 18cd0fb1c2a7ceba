package dev.orderflow.saga.tasks;

import java.time.Duration;
import java.util.List;

/** Where a worker stores what was not done at once, in the caller's transaction. */
public interface TaskStore {
  /**
   * Stores attempts as tasks, which are tried until they are done, at least once. What was refused
   * becomes a dead letter instead.
   *
   * @param attempts one that has failed comes due soon, also when its task is there already
   * @param patience after which one that has not ended comes due
   */
  void add(List<Attempt<?>> attempts, Duration patience);

  /** Takes out the tasks of attempts, but for those that are being worked on. */
  void remove(List<Attempt<?>> attempts);
}
