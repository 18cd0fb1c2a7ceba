package dev.orderflow.saga.notification;

import dev.orderflow.saga.tasks.OwnFailureException;

/**
 * The mail server has not taken this mail, and may later; it takes others. Says nothing of the
 * reply but its code: its text may name the customer.
 */
final class MailPutOffException extends OwnFailureException {
  MailPutOffException(Mail mail, int reply) {
    super(mail + " is put off by the mail server with reply " + reply, true);
  }
}
