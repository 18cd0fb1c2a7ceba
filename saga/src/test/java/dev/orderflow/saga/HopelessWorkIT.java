package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.saga.testing.SagaPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody answers takes nothing from the others, and comes before a person in the end. */
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
                "orderflow.payment.provider-timeout", "1s",
                "orderflow.saga.first-pause", "500ms",
                "orderflow.saga.give-up-after", "2s"))) {
      Stream.generate(() -> "pm_sim_noAnswer").limit(SILENT).forEach(platform::place);
      // Until the letters come others are paid all the time, and none of them waits for a retry.
      eventually()
          .until(() -> {
            var order = platform.place("pm_card_visa");
            eventually()
                .until(() ->
                    platform.commandSide().order(order) == OrderStatus.ORDER_STATUS_CONFIRMED);
            assertThat(platform.called(order, "GetPayment")).as("attempts to pay").hasSize(1);
            return letters(platform) == SILENT;
          });

      assertThat(cause(platform))
          .contains("charge/PAY-")
          .contains("The provider does not answer to charge");
      assertThat(openCharges(platform)).as("it is asked no more").isZero();
    }
  }

  private static long letters(SagaPlatform platform) {
    return platform
        .jdbc()
        .sql("SELECT count(*) FROM dead_letter WHERE source = 'payment-worker'")
        .query(Long.class)
        .single();
  }

  private static String cause(SagaPlatform platform) {
    return platform
        .jdbc()
        .sql("SELECT cause FROM dead_letter LIMIT 1")
        .query(String.class)
        .single();
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
