package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.orderflow.api.ordering.CancelReason;
import dev.orderflow.api.ordering.OrderCancelledEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.saga.testing.SagaPlatform;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service with a real mail server. */
class NotificationIT {
  @TempDir private static Path unused;
  private static volatile GreenMail mailServer;
  private static int port;
  private static SagaPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    mailServer = new GreenMail(ServerSetup.SMTP.dynamicPort());
    mailServer.start();
    port = mailServer.getSmtp().getPort();
    platform =
        new SagaPlatform(
            1, unused, Map.of("spring.mail.host", "127.0.0.1", "spring.mail.port", port));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
    mailServer.stop();
  }

  /** As often as it takes: a connection of somebody else may have its port for a moment. */
  private static void startMailServerAnew() {
    eventually()
        .until(() -> {
          mailServer = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
          try {
            mailServer.start();
            return true;
          } catch (IllegalStateException _) {
            mailServer.stop();
            return false;
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "vi, Chúng tôi đã nhận được đơn hàng %s, Đơn hàng %s đã được xác nhận",
    "en, We have received your order %s, Your order %s is confirmed"
  })
  void a_customer_is_told_that_the_order_is_placed_and_confirmed_in_the_orders_language(
      String locale, String placed, String confirmed) {
    var order = newOrderOfCustomerWhoReads(locale);

    place(order);

    eventually().until(() -> subjectsTo(order).size() == 2);
    assertThat(subjectsTo(order))
        .containsExactlyInAnyOrder(placed.formatted(order), confirmed.formatted(order));
  }

  @ParameterizedTest
  @CsvSource({
    "CUSTOMER_REQUEST, vi, Theo yêu cầu của quý khách",
    "CUSTOMER_REQUEST, en, As you asked us to",
    "PAYMENT_FAILED, vi, đã bị từ chối",
    "PAYMENT_FAILED, en, was declined",
    "PAYMENT_TIMEOUT, vi, đúng thời hạn",
    "PAYMENT_TIMEOUT, en, in vain"
  })
  void a_customer_is_told_why_the_order_is_cancelled(
      CancelReason reason, String locale, String words) {
    var order = newOrderOfCustomerWhoReads(locale);

    platform.commandSide().publish(order, new OrderCancelledEvent(order, reason, Instant.now()));

    eventually().until(() -> mailsTo(order).size() == 1);
    assertThat(mailsTo(order))
        .allSatisfy(mail -> {
          assertThat(mail.getFrom()[0]).hasToString("Orderflow <no-reply@orderflow.dev>");
          assertThat(mail.getContent().toString()).contains(order.value(), words);
        });
  }

  @Test
  void records_that_come_again_send_nothing_again() {
    var order = newOrderOfCustomerWhoReads("en");
    var placed = platform.placed(order, "pm_card_visa", Instant.now());
    platform.commandSide().publish(order, placed);
    eventually()
        .until(() ->
            subjectsTo(order).size() == 2
                && platform.sentNotifications(order) == 2
                && platform.tasks(order) == 0);

    platform.commandSide().publish(order, placed);
    platform.commandSide().publish(order, new OrderConfirmedEvent(order, Instant.now()));
    // The records of one key are read in order: this one is read after those.
    platform
        .commandSide()
        .publish(
            order, new OrderCancelledEvent(order, CancelReason.CUSTOMER_REQUEST, Instant.now()));

    eventually().until(() -> subjectsTo(order).size() > 2 && platform.tasks(order) == 0);
    assertThat(subjectsTo(order))
        .containsExactlyInAnyOrder(
            "We have received your order " + order,
            "Your order " + order + " is confirmed",
            "Your order " + order + " is cancelled");
  }

  @Test
  void a_dead_mail_server_delays_mails_and_nothing_else() {
    var order = newOrderOfCustomerWhoReads("en");
    var forgotten = newOrderOfCustomerWhoReads("en");
    mailServer.stop();
    try {
      place(order);
      place(forgotten);

      for (var each : List.of(order, forgotten)) {
        eventually().until(() -> platform.openSagas(each) == 0);
        // Both mails were tried in vain.
        eventually().until(() -> openNotices(each) == 2);
        assertThat(platform.commandSide().order(each))
            .isEqualTo(OrderStatus.ORDER_STATUS_CONFIRMED);
        assertThat(platform.sentNotifications(each)).isZero();
      }
      platform.commandSideServer().forgetsContact(forgotten);
      // An attempt that has read the address before may still be under way.
      eventually().until(() -> platform.tasks(forgotten) == 0);
    } finally {
      startMailServerAnew();
    }

    eventually().until(() -> platform.tasks(order) == 0);
    assertThat(subjectsTo(order))
        .containsExactlyInAnyOrder(
            "We have received your order " + order, "Your order " + order + " is confirmed");
    assertThat(mailsTo(forgotten)).as("whose address was erased meanwhile").isEmpty();
  }

  private static long openNotices(OrderId order) {
    return platform
        .jdbc()
        .sql("SELECT count(*) FROM mail_tasks WHERE task_instance LIKE ?")
        .param(order.value() + "/%")
        .query(Long.class)
        .single();
  }

  private static void place(OrderId order) {
    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));
  }

  private static OrderId newOrderOfCustomerWhoReads(String locale) {
    var order = platform.newOrder();
    platform
        .commandSideServer()
        .hasContact(
            OrderContact.newBuilder()
                .setOrderId(order.value())
                .setName("Ánh")
                .setEmail(addressOf(order))
                .setLocale(locale)
                .build());
    return order;
  }

  private static String addressOf(OrderId order) {
    return order.value().toLowerCase(Locale.ROOT) + "@example.com";
  }

  private static List<MimeMessage> mailsTo(OrderId order) {
    return Arrays.stream(mailServer.getReceivedMessages())
        .filter(mail -> recipient(mail).equals(addressOf(order)))
        .toList();
  }

  private static List<String> subjectsTo(OrderId order) {
    return mailsTo(order).stream().map(NotificationIT::subject).toList();
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (MessagingException failure) {
      throw new AssertionError("a mail without a recipient", failure);
    }
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException failure) {
      throw new AssertionError("a mail without a subject", failure);
    }
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }
}
