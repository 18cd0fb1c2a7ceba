package dev.orderflow.saga.notification;

import dev.orderflow.saga.tasks.HopelessException;

/**
 * A mail will never be accepted: its address does not exist or cannot be read, or its content is
 * refused. Says nothing that may name the customer.
 */
final class MailRefusedException extends HopelessException {
  MailRefusedException(Mail mail) {
    super(mail + " is refused for good");
  }
}
