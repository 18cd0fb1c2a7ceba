package dev.orderflow.saga.notification;

/**
 * A mail could not be sent. Says nothing of the cause but its type: its text may name the customer.
 */
final class MailNotSentException extends RuntimeException {
  MailNotSentException(Mail mail, Exception cause) {
    super(mail + " was not sent: " + cause.getClass().getName());
  }
}
