package dev.orderflow.saga.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.orderflow.saga.testing.SmtpServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mail.javamail.JavaMailSender;

/** With the settings of the service, against servers that speak a little SMTP. */
class MailServerTest {
  private static final Mail MAIL = new Mail("ORD-1/PLACED", "anh@example.com", "Subject", "Text\n");

  @Test
  void an_accepted_mail_is_sent() throws Exception {
    try (var server = SmtpServer.replying("250 ok", "250 ok", "250 ok")) {
      assertThatCode(() -> send(server)).doesNotThrowAnyException();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_hangs_is_given_up_within_seconds() throws Exception {
    try (var server = SmtpServer.hanging()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatExceptionOfType(MailNotSentException.class).isThrownBy(() -> send(server)));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "250 ok,550 no such user,250 ok",
    "250 ok,553 not allowed,250 ok",
    "250 ok,552 mailbox exceeds its quota,250 ok",
    "250 ok,250 ok,554 looks like spam"
  })
  void what_the_server_refuses_for_good_is_refused_without_naming_the_customer(
      String toSender, String toRecipient, String toContent) throws Exception {
    try (var server = SmtpServer.replying(toSender, toRecipient, toContent)) {
      assertThatExceptionOfType(MailRefusedException.class)
          .isThrownBy(() -> send(server))
          .withMessageNotContaining("anh")
          .withNoCause();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "250 ok,451 try later,250 ok",
    "250 ok,250 ok,452 no space",
    "421 closing,250 ok,250 ok",
    "550 this sender is unknown,250 ok,250 ok"
  })
  void what_may_pass_is_to_be_tried_again(String toSender, String toRecipient, String toContent)
      throws Exception {
    try (var server = SmtpServer.replying(toSender, toRecipient, toContent)) {
      assertThatExceptionOfType(MailNotSentException.class).isThrownBy(() -> send(server));
    }
  }

  private static void send(SmtpServer server) {
    new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
        .withPropertyValues("spring.mail.host=127.0.0.1", "spring.mail.port=" + server.port())
        .run(context ->
            new MailServer(
                    context.getBean(JavaMailSender.class), "Orderflow <no-reply@orderflow.dev>")
                .send(MAIL));
  }
}
