package dev.orderflow.saga.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.saga.tasks.HopelessException;
import dev.orderflow.saga.tasks.OwnFailureException;
import dev.orderflow.saga.testing.SmtpServer;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * With the settings of the service, against a real server, and against some that hang or refuse,
 * which the real one cannot.
 */
class MailServerTest {
  private static final Mail MAIL =
      new Mail("ORD-1/PLACED", "anh@example.com", "Đơn hàng ORD-1", "Kính chào Ánh,\n");
  private static final String SENDER = "Orderflow <no-reply@orderflow.dev>";

  @Test
  void an_accepted_mail_arrives_as_it_was_written_and_bears_the_same_id_when_it_comes_again()
      throws Exception {
    var server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    server.start();
    try {
      send(server.getSmtp().getPort());
      send(server.getSmtp().getPort());

      assertThat(server.getReceivedMessages())
          .hasSize(2)
          .allSatisfy(mail -> {
            assertThat(mail.getMessageID()).isEqualTo("<ORD-1/PLACED@orderflow.dev>");
            assertThat(mail.getFrom()).containsExactly(new InternetAddress(SENDER));
            assertThat(mail.getAllRecipients())
                .containsExactly(new InternetAddress("anh@example.com"));
            assertThat(mail.getSubject()).isEqualTo("Đơn hàng ORD-1");
            assertThat(mail.getContent().toString().strip()).isEqualTo("Kính chào Ánh,");
          });
    } finally {
      server.stop();
    }
  }

  @Test
  void a_server_that_hangs_is_given_up_within_seconds() throws Exception {
    try (var server = SmtpServer.hanging()) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatExceptionOfType(MailNotSentException.class)
                  .isThrownBy(() -> send(server.port())));
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
      assertThatExceptionOfType(HopelessException.class)
          .isThrownBy(() -> send(server.port()))
          .withMessageNotContaining("anh")
          .withNoCause();
    }
  }

  @ParameterizedTest
  @CsvSource({"250 ok,451 try later,250 ok", "250 ok,250 ok,452 no space"})
  void what_the_server_puts_off_is_a_failure_of_this_mail_alone(
      String toSender, String toRecipient, String toContent) throws Exception {
    try (var server = SmtpServer.replying(toSender, toRecipient, toContent)) {
      assertThatExceptionOfType(OwnFailureException.class)
          .isThrownBy(() -> send(server.port()))
          .withMessageContaining("reply 45")
          .withMessageNotContaining("anh");
    }
  }

  @ParameterizedTest
  @CsvSource({"421 closing,250 ok,250 ok", "550 this sender is unknown,250 ok,250 ok"})
  void what_may_pass_is_to_be_tried_again(String toSender, String toRecipient, String toContent)
      throws Exception {
    try (var server = SmtpServer.replying(toSender, toRecipient, toContent)) {
      assertThatExceptionOfType(MailNotSentException.class).isThrownBy(() -> send(server.port()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_was_accepted_is_sent_although_the_server_hangs_up_before_the_goodbye(boolean abruptly)
      throws Exception {
    try (var server = SmtpServer.hangingUpAt("QUIT", abruptly)) {
      assertThatCode(() -> send(server.port())).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_may_have_been_accepted_is_sent_again_ever_more_seldom(boolean abruptly)
      throws Exception {
    try (var server = SmtpServer.hangingUpAt(".", abruptly)) {
      assertThatExceptionOfType(OwnFailureException.class)
          .isThrownBy(() -> send(server.port()))
          .withMessageNotContaining("anh");
    }
  }

  private static void send(int port) {
    new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
        .withPropertyValues("spring.mail.host=127.0.0.1", "spring.mail.port=" + port)
        .run(context -> new MailServer(context.getBean(JavaMailSender.class), SENDER).send(MAIL));
  }
}
