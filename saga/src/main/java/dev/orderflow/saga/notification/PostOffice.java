package dev.orderflow.saga.notification;

import dev.orderflow.saga.tasks.HopelessException;
import dev.orderflow.saga.tasks.OwnFailureException;

/** Sends mails. */
@FunctionalInterface
interface PostOffice {
  /**
   * Sends a mail.
   *
   * @throws HopelessException when it will never be accepted: its address does not exist or cannot
   *     be read, or its content is refused
   * @throws MailNotSentException when it was not accepted; it may be sent again
   * @throws OwnFailureException when only this mail was not accepted; it may be sent again
   */
  void send(Mail mail);
}
