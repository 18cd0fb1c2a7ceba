package dev.orderflow.queryside;

import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.OperationsManual;
import dev.orderflow.queryside.testing.RunningQuerySide;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An instance tells staff how it is. */
class OverviewIT {
  private static final Duration SAMPLED = Duration.ofSeconds(40);

  private final RunningQuerySide running = RunningQuerySide.shared();

  private JsonNode overview() {
    var answer = running.getAs(running.staff(), "/admin/overview");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    return answer.json();
  }

  @Test
  void everything_that_can_be_well_or_not_is_looked_at_and_has_a_paragraph() throws Exception {
    var checks = overview().path("checks");

    assertThat(checks)
        .extracting(check -> check.path("name").asString() + " " + check.path("of").asString(""))
        .contains(
            "kafka ",
            "database ",
            "memory ",
            "cache-l2 ",
            "streams-open ",
            "projection-lag order-view",
            "projection-lag product-view",
            "dead-letters order-view",
            "dead-letters product-view");
    assertThat(OperationsManual.anchors())
        .containsAll(checks.valueStream().map(check -> check.path("runbook").asString()).toList());
  }

  @Test
  void the_lag_of_a_view_is_sampled() {
    var user = "overview-" + UUID.randomUUID();
    running.publisher().publish(placed(user, 1));

    await()
        .atMost(SAMPLED)
        .untilAsserted(() ->
            assertThat(overview().path("series"))
                .anySatisfy(series -> {
                  assertThat(series.path("name").asString()).isEqualTo("projection.lag");
                  assertThat(series.path("of").asString()).isEqualTo("order-view");
                  assertThat(series.path("values"))
                      .anySatisfy(value -> assertThat(value.isNumber()).isTrue());
                }));
  }

  @Test
  void it_tells_which_partitions_it_reads() {
    await()
        .untilAsserted(() ->
            assertThat(overview().path("instances").path(0).path("holds"))
                .extracting(JsonNode::asString)
                .contains("order-view orders-0", "product-view products-0"));
  }

  @Test
  void it_is_for_staff() {
    assertThat(running.getAs(running.customer("alice"), "/admin/overview").status()).isEqualTo(403);
    assertThat(running.get("/admin/overview").status()).isEqualTo(401);
  }
}
