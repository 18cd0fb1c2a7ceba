package dev.orderflow.saga.notification;

/** Sends mails. */
@FunctionalInterface
interface PostOffice {
  /**
   * Sends a mail.
   *
   * @throws MailRefusedException when it will never be accepted
   * @throws MailNotSentException when it was not accepted; it may be sent again
   * @throws MailPutOffException when only this mail was not accepted; it may be sent again
   */
  void send(Mail mail);
}
