package dev.orderflow.saga.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.saga.tasks.HopelessException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailDirectoryTest {
  private static final String SENDER = "Orderflow <no-reply@orderflow.dev>";
  private static final Mail MAIL =
      new Mail("ORD-1/PLACED", "anh@example.com", "Đơn hàng ORD-1", "Kính chào Ánh,\n");

  @TempDir private Path directory;

  @Test
  void a_mail_becomes_a_file_that_mail_programs_can_read() throws Exception {
    new MailDirectory(directory.resolve("mails"), SENDER).send(MAIL);

    try (var file = Files.newInputStream(directory.resolve("mails/ORD-1-PLACED.eml"))) {
      var message = new MimeMessage(Session.getInstance(new Properties()), file);
      assertThat(message.getSubject()).isEqualTo("Đơn hàng ORD-1");
      assertThat(message.getAllRecipients()[0]).hasToString("anh@example.com");
      assertThat(message.getFrom()[0]).hasToString(SENDER);
      assertThat(message.getContent().toString().replace("\r\n", "\n"))
          .isEqualTo("Kính chào Ánh,\n");
    }
  }

  @Test
  void the_same_mail_again_is_the_same_file_and_leaves_no_draft() throws Exception {
    var mails = new MailDirectory(directory, SENDER);

    mails.send(MAIL);
    mails.send(MAIL);

    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("ORD-1-PLACED.eml"));
    }
  }

  @Test
  void a_mail_whose_address_cannot_be_read_is_refused_without_naming_the_customer() {
    var mails = new MailDirectory(directory, SENDER);

    assertThatExceptionOfType(HopelessException.class)
        .isThrownBy(() -> mails.send(new Mail("ORD-1/PLACED", "not an address", "s", "t")))
        .withMessageNotContaining("not an address")
        .withNoCause();
  }
}
