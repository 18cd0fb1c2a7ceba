package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.OrderContact;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.saga.testing.SagaPlatform;
import dev.orderflow.saga.testing.SmtpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One instance with a single place for each worker, which waits for minutes: what goes on meanwhile
 * goes on with another worker.
 */
class WorkersIT {
  /** See {@code TaskConfiguration}. */
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(5);

  @TempDir private Path mails;

  @Test
  void a_mail_server_and_a_provider_that_hang_stop_neither_each_other_nor_the_saga()
      throws Exception {
    try (var mailServer = SmtpServer.hanging();
        var platform = new SagaPlatform(1, mails, patientWith(mailServer))) {
      // Its notice takes the place of the mails; its payment goes through all the same.
      var paid = mailed(platform, platform.newOrder());
      platform.commandSide().publish(paid, platform.placed(paid, "pm_card_visa", Instant.now()));
      eventually().until(() -> mailServer.connections() == 1);
      eventually()
          .until(() -> platform.commandSide().order(paid) == OrderStatus.ORDER_STATUS_CONFIRMED);

      // Takes the place of the charges for ever, and is cancelled when its deadline passes.
      var overdue = platform.newOrder();
      var placedAt = Instant.now().minus(Duration.ofMinutes(15)).plusSeconds(3);
      platform
          .commandSide()
          .publish(overdue, platform.placed(overdue, "pm_sim_noAnswer", placedAt));
      eventually().until(() -> !platform.called(overdue, "GetPayment").isEmpty());
      var asked = Instant.now();
      eventually()
          .until(() -> platform.commandSide().order(overdue) == OrderStatus.ORDER_STATUS_CANCELLED);

      // Neither is taken for that of a dead instance, which would be begun again by then.
      eventually().until(() -> heartbeats(platform, asked.plus(TAKEN_OVER_WITHIN)) == 2);
      assertThat(platform.called(overdue, "GetPayment")).hasSize(1);
      assertThat(mailServer.connections()).isEqualTo(1);
    }
  }

  /** How many calls have had one since. */
  private static int heartbeats(SagaPlatform platform, Instant since) {
    return platform
        .jdbc()
        .sql("SELECT count(*) FROM open_task WHERE last_heartbeat > ?::timestamptz")
        .param(since.toString())
        .query(Integer.class)
        .single();
  }

  private static Map<String, Object> patientWith(SmtpServer mailServer) {
    return Map.of(
        "orderflow.saga.task-concurrency",
        1,
        "orderflow.payment.provider-timeout",
        "5m",
        "spring.mail.host",
        "127.0.0.1",
        "spring.mail.port",
        mailServer.port(),
        "spring.mail.properties.mail.smtp.timeout",
        300_000);
  }

  private static OrderId mailed(SagaPlatform platform, OrderId order) {
    platform
        .commandSideServer()
        .hasContact(
            OrderContact.newBuilder()
                .setOrderId(order.value())
                .setEmail("anh@example.com")
                .build());
    return order;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }
}
