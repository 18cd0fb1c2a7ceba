package dev.orderflow.saga.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** Keeps mails as files, for set-ups without a mail server. The same mail is the same file. */
final class MailDirectory implements PostOffice {
  /** One for all mails: to make one opens jars and loads classes. */
  private final Session session = Session.getInstance(new Properties());

  private final Path directory;
  private final String from;

  MailDirectory(Path directory, String from) {
    this.directory = directory;
    this.from = from;
  }

  @Override
  public void send(Mail mail) {
    var name = mail.id().replace('/', '-') + ".eml";
    try {
      var content = new ByteArrayOutputStream();
      MimeMails.compose(new MimeMessage(session), from, mail).writeTo(content);
      Files.createDirectories(directory);
      // The same draft file each time, since a mail that a crash interrupted is sent again, with
      // the same bytes: so it does not matter which instance has written them.
      var draft = directory.resolve(name + ".draft");
      Files.write(draft, content.toByteArray());
      Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | MessagingException e) {
      throw new MailNotSentException(mail, e);
    }
  }
}
