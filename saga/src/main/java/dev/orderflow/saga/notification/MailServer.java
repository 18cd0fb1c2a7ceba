package dev.orderflow.saga.notification;

import dev.orderflow.saga.tasks.HopelessException;
import dev.orderflow.saga.tasks.OwnFailureException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends mails over SMTP. */
final class MailServer implements PostOffice {
  private static final int CLOSING = 421;

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
      var reply = replyAboutIt(e);
      throw switch (reply / 100) {
        case 5 -> new HopelessException(mail + " is refused for good");
        // No text of the reply: it may name the customer.
        case 4 ->
            new OwnFailureException(
                mail + " is put off by the mail server with reply " + reply, true, null);
        default -> new MailNotSentException(mail, e);
      };
    } catch (MailException | MessagingException e) {
      throw new MailNotSentException(mail, e);
    }
  }

  /** The reply, RFC 5321, about the recipient or the content; 0 for what is about us. */
  private static int replyAboutIt(MailSendException failed) {
    for (var failure : failed.getMessageExceptions()) {
      for (Exception cause = failure;
          cause instanceof MessagingException step;
          cause = step.getNextException()) {
        var reply =
            switch (step) {
              case SMTPAddressFailedException address -> address.getReturnCode();
              case SMTPSendFailedException send when !send.getCommand().startsWith("MAIL") ->
                  send.getReturnCode();
              default -> 0;
            };
        if (reply > 0 && reply != CLOSING) {
          return reply;
        }
      }
    }
    return 0;
  }
}
