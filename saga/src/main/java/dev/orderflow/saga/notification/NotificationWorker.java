package dev.orderflow.saga.notification;

import dev.orderflow.api.ordering.Contact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a customer once what has happened to the order, if there is an address to write to. The
 * address is asked for at the last moment: it may have been erased since the order.
 */
final class NotificationWorker {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationWorker.class);

  private final SentNotifications sent;
  private final Contacts contacts;
  private final MailTexts texts;
  private final PostOffice postOffice;

  NotificationWorker(
      SentNotifications sent, Contacts contacts, MailTexts texts, PostOffice postOffice) {
    this.sent = sent;
    this.contacts = contacts;
    this.texts = texts;
    this.postOffice = postOffice;
  }

  void tell(Notice notice) {
    if (sent.contains(notice)) {
      return;
    }
    contacts
        .of(notice.orderId())
        .filter(NotificationWorker::hasAddress)
        .ifPresent(contact -> {
          try {
            postOffice.send(texts.write(notice, contact));
            sent.add(notice);
          } catch (MailRefusedException _) {
            LOG.warn("The mail about {} is refused for good and given up", notice.orderId());
          }
        });
  }

  private static boolean hasAddress(Contact contact) {
    return contact.email() != null;
  }
}
