package dev.orderflow.saga.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** Keeps mails as files, for set-ups without a mail server. The same mail is the same file. */
final class MailDirectory implements PostOffice {
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
      Files.createDirectories(directory);
      var draft = Files.createTempFile(directory, name, ".draft");
      try (var file = Files.newOutputStream(draft)) {
        MimeMails.compose(new MimeMessage(Session.getInstance(new Properties())), from, mail)
            .writeTo(file);
      }
      Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | MessagingException e) {
      throw new MailNotSentException(mail, e);
    }
  }
}
