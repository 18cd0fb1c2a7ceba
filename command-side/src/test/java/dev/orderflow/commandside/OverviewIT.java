package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.OperationsManual;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** An instance tells staff how it is. */
@ExtendWith(SharedCommandSide.class)
class OverviewIT {
  private static final Duration SAMPLED = Duration.ofSeconds(40);

  private final RunningCommandSide commandSide;

  OverviewIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  private static JsonNode overview(RunningCommandSide commandSide, Instance instance) {
    var answer = instance.send("GET", "/admin/overview", commandSide.staff(), "");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void everything_that_can_be_well_or_not_is_looked_at_and_has_a_paragraph() throws IOException {
    var checks = overview(commandSide, commandSide.first()).path("checks");

    assertThat(checks)
        .extracting(check -> check.path("name").asString())
        .containsExactlyInAnyOrder(
            "kafka",
            "database",
            "commands-waiting",
            "publication-lag",
            "connections-awaited",
            "errors-logged",
            "records-waiting",
            "memory");
    assertThat(OperationsManual.anchors())
        .containsAll(checks.valueStream().map(check -> check.path("runbook").asString()).toList());
    // A busy machine may keep a question waiting for a moment.
    await()
        .atMost(SAMPLED)
        .untilAsserted(() ->
            assertThat(overview(commandSide, commandSide.first()).path("checks"))
                .allSatisfy(check -> {
                  assertThat(check.path("service").asString()).isEqualTo("command-side");
                  if (!check.path("name").asString().equals("errors-logged")) {
                    assertThat(check.path("status").asString())
                        .as(check.toString())
                        .isEqualTo("GREEN");
                  }
                }));
  }

  @Test
  void orders_are_counted_and_timed() {
    var product = commandSide.product(3);
    commandSide.orderId(product);

    await()
        .atMost(SAMPLED)
        .untilAsserted(() -> {
          var series = series(overview(commandSide, commandSide.first()));
          assertThat(values(series, "orders.placed")).anyMatch(value -> value > 0);
          assertThat(values(series, "placement.p99")).anyMatch(value -> value > 0);
          assertThat(series)
              .extracting(one -> one.path("name").asString())
              .contains(
                  "orders.confirmed", "orders.cancelled", "publication.lag", "commands.waiting");
        });
  }

  @Test
  void one_instance_publishes() {
    await()
        .atMost(SAMPLED)
        .untilAsserted(() -> {
          var holds = new ArrayList<String>();
          for (var instance : List.of(commandSide.first(), commandSide.second())) {
            holds.addAll(holds(overview(commandSide, instance)));
          }
          assertThat(holds).containsExactly("publication");
        });
  }

  @Test
  void it_is_for_staff() {
    assertThat(commandSide.first().send("GET", "/admin/overview", commandSide.alice(), "").status())
        .isEqualTo(403);
    assertThat(commandSide.first().send("GET", "/admin/overview", "", "").status()).isEqualTo(401);
  }

  private static List<String> holds(JsonNode overview) {
    return overview
        .path("instances")
        .path(0)
        .path("holds")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  private static List<JsonNode> series(JsonNode overview) {
    return overview.path("series").valueStream().toList();
  }

  private static List<Double> values(List<JsonNode> series, String name) {
    return series.stream()
        .filter(one -> one.path("name").asString().equals(name))
        .flatMap(one -> one.path("values").valueStream())
        .filter(value -> !value.isNull())
        .map(JsonNode::asDouble)
        .toList();
  }
}
