package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.OperationsManual;
import dev.orderflow.saga.testing.SagaPlatform;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An instance tells staff how it is. */
@ExtendWith(SharedSaga.class)
class OverviewIT {
  private static final Duration SAMPLED = Duration.ofSeconds(40);

  private final SagaPlatform platform;

  OverviewIT(SagaPlatform platform) {
    this.platform = platform;
  }

  @Test
  void everything_that_can_be_well_or_not_is_looked_at_and_has_a_paragraph() throws Exception {
    var checks = overview(0).path("checks");

    assertThat(checks)
        .extracting(check -> check.path("name").asString() + " " + check.path("of").asString(""))
        .containsExactlyInAnyOrder(
            "kafka ",
            "database ",
            "memory ",
            "connections-awaited ",
            "errors-logged ",
            "records-waiting ",
            "payment-provider-circuit ",
            "payment-provider-calls ",
            "tasks-waiting order-saga",
            "tasks-waiting payment-worker",
            "tasks-waiting notification-worker",
            "dead-letters order-saga",
            "dead-letters payment-worker",
            "dead-letters notification-worker");
    assertThat(OperationsManual.anchors())
        .containsAll(checks.valueStream().map(check -> check.path("runbook").asString()).toList());
  }

  @Test
  void each_tells_which_partitions_it_reads() {
    await()
        .atMost(SAMPLED)
        .untilAsserted(() ->
            assertThat(List.of(overview(0), overview(1)))
                .flatExtracting(one ->
                    one.at("/instances/0/holds").valueStream().map(JsonNode::asString).toList())
                .contains(
                    "order-saga orders-0",
                    "payment-worker payments-0",
                    "notification-worker orders-0"));
  }

  @Test
  void a_letter_is_red() throws Exception {
    var order = platform.newOrder();
    // A letter of the payment worker: no other test that shares the platform makes one.
    platform
        .commandSideServer()
        .failNext("GetPayment", order.value().replace("ORD", "PAY"), Status.NOT_FOUND);
    platform.commandSide().publish(order, platform.placed(order, "pm_card_visa", Instant.now()));

    await()
        .atMost(SAMPLED)
        .untilAsserted(() -> {
          assertThat(overview(0).path("status").asString()).isEqualTo("RED");
          assertThat(overview(0).path("checks"))
              .anySatisfy(check -> {
                assertThat(check.path("name").asString()).isEqualTo("dead-letters");
                assertThat(check.path("of").asString()).isEqualTo("payment-worker");
                assertThat(check.path("status").asString()).isEqualTo("RED");
                assertThat(check.path("value").asDouble()).isEqualTo(1);
              });
        });
  }

  @Test
  void it_is_for_staff() throws Exception {
    assertThat(platform.ask(0, "GET", "/admin/overview", "customer").statusCode()).isEqualTo(403);
  }

  @Test
  void what_staff_have_done_is_kept() throws Exception {
    platform.ask(0, "POST", "/admin/dead-letters/4711/retry", "staff");
    platform.ask(0, "POST", "/admin/dead-letters/4712/retry", "customer");
    platform.ask(0, "GET", "/admin/dead-letters", "staff");

    var actions =
        JsonMapper.shared()
            .readTree(platform.ask(0, "GET", "/admin/staff-actions", "staff").body())
            .path("actions");

    var own =
        actions
            .valueStream()
            .filter(action -> action.path("path").asString().startsWith("/admin/dead-letters"))
            .toList();
    assertThat(own).hasSize(1);
    assertThat(own.getFirst().path("path").asString()).isEqualTo("/admin/dead-letters/4711/retry");
    assertThat(own.getFirst().path("status").asInt()).isEqualTo(404);
    assertThat(own.getFirst().path("service").asString()).isEqualTo("saga");
  }

  private JsonNode overview(int instance) throws Exception {
    var answer = platform.ask(instance, "GET", "/admin/overview", "staff");
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }
}
