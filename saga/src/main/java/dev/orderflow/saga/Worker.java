package dev.orderflow.saga;

import java.util.Arrays;

/**
 * A consumer of events that acts on them. Each worker has a consumer group, and a table, a
 * scheduler and places for its tasks: when what one waits for hangs, the others go on.
 */
public enum Worker {
  /** Leads orders to their end; waits for nothing but the command side and our own database. */
  ORDER_SAGA("order-saga", "scheduled_tasks"),
  /** Takes money and gives it back; waits for the payment provider. */
  PAYMENT("payment-worker", "provider_tasks"),
  /** Tells customers; waits for the mail server. */
  NOTIFICATION("notification-worker", "mail_tasks");

  private final String id;
  private final String taskTable;

  Worker(String id, String taskTable) {
    this.id = id;
    this.taskTable = taskTable;
  }

  /**
   * The worker of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Worker of(String id) {
    return Arrays.stream(values())
        .filter(worker -> worker.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no worker " + id));
  }

  /** Its name outside: of its consumer group, without the topic ids, and as a source of letters. */
  public String id() {
    return id;
  }

  /** Where its tasks are stored. */
  public String taskTable() {
    return taskTable;
  }
}
