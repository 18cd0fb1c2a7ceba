package dev.orderflow.saga.notification;

/**
 * A mail to a customer. Personal data: its text form shows nothing.
 *
 * @param id names it among all mails
 * @param to the address
 * @param text plain
 */
record Mail(String id, String to, String subject, String text) {
  @Override
  public String toString() {
    return "Mail[" + id + "]";
  }
}
