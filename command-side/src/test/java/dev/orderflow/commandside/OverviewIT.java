package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.platform.testing.Manual;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** An instance tells staff how it is. */
@ExtendWith(SharedShop.class)
class OverviewIT {
  private static final Duration SAMPLED = Duration.ofSeconds(40);

  private final Shop shop;

  OverviewIT(Shop shop) {
    this.shop = shop;
  }

  private static JsonNode overview(Shop shop, Instance instance) {
    var answer = instance.send("GET", "/admin/overview", shop.staff(), "");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void everything_that_can_be_well_or_not_is_looked_at_and_has_a_paragraph() throws IOException {
    var checks = overview(shop, shop.first()).path("checks");

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
    assertThat(Manual.anchors())
        .containsAll(checks.valueStream().map(check -> check.path("runbook").asString()).toList());
    assertThat(checks)
        .allSatisfy(check -> {
          assertThat(check.path("service").asString()).isEqualTo("command-side");
          if (!check.path("name").asString().equals("errors-logged")) {
            assertThat(check.path("status").asString()).as(check.toString()).isEqualTo("GREEN");
          }
        });
  }

  @Test
  void orders_are_counted_and_timed() {
    var product = shop.product(3);
    shop.orderId(product);

    await()
        .atMost(SAMPLED)
        .untilAsserted(() -> {
          var series = series(overview(shop, shop.first()));
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
        .untilAsserted(() -> {
          var holds = new ArrayList<String>();
          for (var instance : List.of(shop.first(), shop.second())) {
            holds.addAll(holds(overview(shop, instance)));
          }
          assertThat(holds).containsExactly("publication");
        });
  }

  @Test
  void it_is_for_staff() {
    assertThat(shop.first().send("GET", "/admin/overview", shop.alice(), "").status())
        .isEqualTo(403);
    assertThat(shop.first().send("GET", "/admin/overview", "", "").status()).isEqualTo(401);
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
