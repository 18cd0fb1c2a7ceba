package dev.orderflow.saga.notification;

import dev.orderflow.saga.tasks.HopelessException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Mails in the form in which they travel, RFC 5322 and MIME. */
final class MimeMails {
  private MimeMails() {}

  /**
   * Writes the mail.
   *
   * @throws HopelessException when its address cannot be read
   */
  static MimeMessage compose(MimeMessage message, String from, Mail mail)
      throws MessagingException {
    var parts = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
    parts.setFrom(from);
    parts.setTo(recipient(mail));
    parts.setSubject(mail.subject());
    parts.setText(mail.text());
    message.saveChanges();
    // An instance that dies between sending the mail and noting it sends it again: by the same id
    // mail programs recognise the repetition.
    message.setHeader("Message-ID", "<" + mail.id() + "@orderflow.dev>");
    return message;
  }

  private static InternetAddress recipient(Mail mail) {
    try {
      return new InternetAddress(mail.to(), true);
    } catch (AddressException _) {
      throw new HopelessException(mail + " is refused for good");
    }
  }
}
