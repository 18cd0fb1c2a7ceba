package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.saga.testing.SagaPlatform;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work that is never answered takes nothing from the rest, and becomes a dead letter in the end.
 */
class HopelessWorkIT {
  private static final int SILENT = 150;

  @TempDir private Path mails;

  @Test
  void payments_that_the_provider_does_not_answer_hold_up_no_others_and_become_letters()
      throws Exception {
    try (var platform =
        new SagaPlatform(
            1,
            mails,
            Map.of(
                // Long beside what the payments of others take, on a busy machine too.
                "orderflow.payment.provider-timeout", "3s",
                "orderflow.saga.first-pause", "500ms",
                "orderflow.saga.give-up-after", "2s"))) {
      Stream.generate(() -> "pm_sim_noAnswer").limit(SILENT).forEach(platform::place);
      // Until the letters come others are paid all the time, and none of them waits for a retry.
      eventually()
          .until(() -> {
            var order = platform.place("bob", "pm_card_visa");
            eventually()
                .until(() ->
                    platform.commandSide().order(order) == OrderStatus.ORDER_STATUS_CONFIRMED);
            assertThat(platform.called(order, "GetPayment")).as("attempts to pay").hasSize(1);
            return letters(platform) == SILENT;
          });

      assertThat(causes(platform, "payment-worker"))
          .allMatch(cause -> cause.startsWith("charge/PAY-"))
          .allMatch(cause -> cause.contains("The provider does not answer to charge"));
      // That of bob's last payment may be there for a moment.
      eventually()
          .untilAsserted(
              () -> assertThat(openCharges(platform)).as("it is asked no more").isZero());
    }
  }

  @Test
  void further_payments_of_a_customer_whose_payments_are_silent_take_no_places_of_the_others()
      throws Exception {
    try (var platform =
        new SagaPlatform(
            1,
            mails,
            Map.of(
                "orderflow.payment.provider-calls", "10",
                "orderflow.payment.silent-per-customer", "3"))) {
      placeSilent(platform, 3, "pm_sim_noAnswer");
      awaitSilent(platform, 3);

      placeSilent(platform, 30, "pm_sim_lostAnswer");
      eventually().until(() -> openCharges(platform) >= 30);

      var order = platform.place("bob", "pm_card_visa");
      awaitConfirmed(platform, order);
      assertThat(platform.called(order, "GetPayment")).as("attempts to pay").hasSize(1);
    }
  }

  @Test
  void after_a_restart_in_the_midst_of_silent_payments_the_orders_of_others_are_paid()
      throws Exception {
    try (var platform =
        new SagaPlatform(1, mails, Map.of("orderflow.payment.provider-calls", "100"))) {
      placeSilent(platform, 60, "pm_sim_noAnswer");
      awaitSilent(platform, 20);

      platform.restart();

      var orders = Stream.generate(() -> platform.place("bob", "pm_card_visa")).limit(20).toList();
      orders.forEach(order -> awaitConfirmed(platform, order));
      // Those of bob's payments may be there for a moment.
      eventually()
          .untilAsserted(() ->
              assertThat(openCharges(platform))
                  .as("the silent ones are asked again")
                  .isEqualTo(60));
    }
  }

  @Test
  void a_command_that_the_command_side_fails_on_again_and_again_becomes_a_letter()
      throws Exception {
    try (var platform =
        new SagaPlatform(
            1,
            mails,
            Map.of(
                "orderflow.saga.first-pause", "200ms",
                "orderflow.saga.give-up-after", "2s"))) {
      var order = platform.newOrder();
      var bug = Collections.nCopies(1_000, Status.INTERNAL).toArray(Status[]::new);
      platform.commandSideServer().failNext("ConfirmOrder", order.value(), bug);

      platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

      eventually()
          .until(() -> causes(platform, "order-saga"), causes -> causes.size() == 1)
          .forEach(cause ->
              assertThat(cause)
                  .startsWith("confirm/" + order + " was given up: The command side fails on it"));
      assertThat(platform.tasks(order)).as("it is asked no more").isZero();
    }
  }

  private static void placeSilent(SagaPlatform platform, int count, String paymentMethod) {
    for (var i = 0; i < count; i++) {
      platform.place("alice", paymentMethod);
    }
  }

  /** Others are answered meanwhile: that is what makes it the payments' own failure. */
  private static void awaitSilent(SagaPlatform platform, int count) {
    eventually()
        .until(() -> {
          awaitConfirmed(platform, platform.place("bob", "pm_card_visa"));
          return silentPayments(platform, "alice") >= count;
        });
  }

  private static void awaitConfirmed(SagaPlatform platform, OrderId order) {
    eventually()
        .until(() -> platform.commandSide().order(order) == OrderStatus.ORDER_STATUS_CONFIRMED);
  }

  private static long silentPayments(SagaPlatform platform, String customer) {
    return platform
        .jdbc()
        .sql("SELECT count(*) FROM own_failure WHERE task_name = 'charge' AND party = ?")
        .param(customer)
        .query(Long.class)
        .single();
  }

  private static long letters(SagaPlatform platform) {
    return platform
        .jdbc()
        .sql("SELECT count(*) FROM dead_letter WHERE source = 'payment-worker'")
        .query(Long.class)
        .single();
  }

  private static List<String> causes(SagaPlatform platform, String source) {
    return platform
        .jdbc()
        .sql("SELECT cause FROM dead_letter WHERE source = ?")
        .param(source)
        .query(String.class)
        .list();
  }

  private static long openCharges(SagaPlatform platform) {
    return platform
        .jdbc()
        .sql("SELECT count(*) FROM provider_tasks WHERE task_name = 'charge'")
        .query(Long.class)
        .single();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
  }
}
