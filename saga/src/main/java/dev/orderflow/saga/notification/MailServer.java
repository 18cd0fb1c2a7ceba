package dev.orderflow.saga.notification;

import jakarta.mail.MessagingException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends mails over SMTP. */
final class MailServer implements PostOffice {
  private final JavaMailSender sender;
  private final String from;

  MailServer(JavaMailSender sender, String from) {
    this.sender = sender;
    this.from = from;
  }

  @Override
  public void send(Mail mail) {
    try {
      sender.send(MimeMails.compose(sender.createMimeMessage(), from, mail));
    } catch (MailException | MessagingException e) {
      throw new MailNotSentException(mail, e);
    }
  }
}
