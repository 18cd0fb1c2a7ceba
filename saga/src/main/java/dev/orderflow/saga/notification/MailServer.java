package dev.orderflow.saga.notification;

import dev.orderflow.saga.tasks.HopelessException;
import dev.orderflow.saga.tasks.OwnFailureException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Arrays;
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
      if (e.getFailedMessages().isEmpty()) {
        // It was accepted, and only the goodbye has failed.
        return;
      }
      var reply = replyAboutIt(e);
      throw switch (reply / 100) {
        case 5 -> new HopelessException(mail + " is refused for good");
        // No text of the reply: it may name the customer.
        case 4 ->
            new OwnFailureException(
                mail + " is put off by the mail server with reply " + reply, true, null);
        default ->
            isBrokenOff(e)
                ? new OwnFailureException(
                    mail + " has had no reply from the mail server", true, null)
                : new MailNotSentException(mail, e);
      };
    } catch (MailException | MessagingException e) {
      throw new MailNotSentException(mail, e);
    }
  }

  /**
   * Whether the server has begun to take it and then fallen silent. It may have been accepted, and
   * each further try may bring it to the customer once more.
   */
  private static boolean isBrokenOff(MailSendException failed) {
    return Arrays.stream(failed.getMessageExceptions())
        // That there was no connection at all is the cause itself.
        .filter(failure -> !failure.equals(failed.getCause()))
        .anyMatch(MailServer::hasNoReply);
  }

  private static boolean hasNoReply(Exception failure) {
    return switch (failure) {
      case SMTPSendFailedException send -> send.getReturnCode() < 0;
      case MessagingException step -> step.getNextException() instanceof IOException;
      default -> false;
    };
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
