package dev.orderflow.saga.notification;

/** Sends mails. */
@FunctionalInterface
interface PostOffice {
  /**
   * Sends a mail.
   *
   * @throws MailNotSentException when it was not accepted; it may be sent again
   */
  void send(Mail mail);
}
