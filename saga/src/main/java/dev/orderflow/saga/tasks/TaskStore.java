package dev.orderflow.saga.tasks;

import java.util.List;

/** Where a worker stores what was not done at once, in the caller's transaction. */
public interface TaskStore {
  /**
   * How long there is between heartbeats. What misses four of them is taken over: its instance is
   * dead, as it is for Kafka after as long.
   */
  long HEARTBEAT_MILLIS = 750;

  /**
   * Stores attempts that have failed as tasks, which come due soon and are tried until they are
   * done. What was refused becomes a dead letter instead.
   */
  void add(List<Attempt<?>> attempts);

  /**
   * Stores attempts that have not ended as tasks of this instance. They are due at once for others
   * when there is no heartbeat.
   */
  void hold(List<Attempt<?>> attempts);

  /** Says that attempts that are held have not ended. */
  void heartbeat(List<Attempt<?>> attempts);

  /**
   * Takes out the tasks of attempts, but for those on which a scheduler or another instance works.
   */
  void remove(List<Attempt<?>> attempts);
}
