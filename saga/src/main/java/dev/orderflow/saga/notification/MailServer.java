package dev.orderflow.saga.notification;

import jakarta.mail.MessagingException;
import java.util.Arrays;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
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
    } catch (MailSendException e) {
      throw Arrays.stream(e.getMessageExceptions()).anyMatch(MailServer::isRefusal)
          ? new MailRefusedException(mail)
          : new MailNotSentException(mail, e);
    } catch (MailException | MessagingException e) {
      throw new MailNotSentException(mail, e);
    }
  }

  /** A reply 5yz, RFC 5321, about the recipient or the content; what is about us may pass. */
  private static boolean isRefusal(Exception failure) {
    for (Exception cause = failure;
        cause instanceof MessagingException step;
        cause = step.getNextException()) {
      if (switch (step) {
        case SMTPAddressFailedException address -> isPermanent(address.getReturnCode());
        case SMTPSendFailedException send ->
            isPermanent(send.getReturnCode()) && !send.getCommand().startsWith("MAIL");
        default -> false;
      }) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPermanent(int reply) {
    return reply / 100 == 5;
  }
}
