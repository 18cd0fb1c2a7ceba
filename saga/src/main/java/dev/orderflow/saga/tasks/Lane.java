package dev.orderflow.saga.tasks;

/**
 * What a task may have to wait for. Each lane has a table, a scheduler and places of its own: when
 * what one waits for hangs, the others go on.
 */
public enum Lane {
  /** Nothing but the command side and our own database. */
  COMMAND_SIDE("scheduled_tasks"),
  /** The payment provider. */
  PAYMENT_PROVIDER("provider_tasks"),
  /** The mail server. */
  MAIL("mail_tasks");

  private final String table;

  Lane(String table) {
    this.table = table;
  }

  String table() {
    return table;
  }
}
