package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Staff see on one page how the platform is. */
@RunsOn(Setup.ONE_OF_EACH)
class OverviewE2E {
  private static final List<String> SERVICES = List.of("command-side", "query-side", "saga");

  /** Before the launcher replaces a frozen process. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(14);

  private static final Duration WELL_AGAIN_WITHIN = Duration.ofSeconds(60);

  private final PlatformUnderTest platform;
  private final ShopClient shop;

  OverviewE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  private JsonNode overview() {
    var answer = shop.as(ShopClient.STAFF).get("/admin/overview");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  /** By service. */
  private static Map<String, String> kafka(JsonNode overview) {
    var kafka = new TreeMap<String, String>();
    overview
        .path("checks")
        .valueStream()
        .filter(check -> check.path("name").asString().equals("kafka"))
        .forEach(
            check -> kafka.put(check.path("service").asString(), check.path("status").asString()));
    return kafka;
  }

  private static boolean isEverywhere(String status, JsonNode overview) {
    var kafka = kafka(overview);
    return kafka.keySet().containsAll(SERVICES) && kafka.values().stream().allMatch(status::equals);
  }

  @Test
  void a_frozen_kafka_is_red_without_an_order_and_green_again_by_itself() {
    // Another class may have frozen it just before.
    await().atMost(WELL_AGAIN_WITHIN).until(() -> isEverywhere("GREEN", overview()));
    var kafka = platform.cluster().kafka().pid();

    Processes.freeze(kafka);
    try {
      await()
          .atMost(SEEN_WITHIN)
          .untilAsserted(() -> {
            var overview = overview();
            assertThat(isEverywhere("RED", overview)).as(overview.toString()).isTrue();
            assertThat(overview.path("status").asString()).isEqualTo("RED");
          });
    } finally {
      Processes.thaw(kafka);
    }

    await().atMost(WELL_AGAIN_WITHIN).until(() -> isEverywhere("GREEN", overview()));
  }

  @Test
  void all_instances_are_there_with_what_they_hold() {
    await()
        .atMost(WELL_AGAIN_WITHIN)
        .untilAsserted(() -> {
          var instances = overview().path("instances");
          assertThat(instances)
              .extracting(instance ->
                  instance.path("instance").asString() + " " + instance.path("status").asString())
              .containsExactly("gateway-1 UP", "command-side-1 UP", "query-side-1 UP", "saga-1 UP");
          assertThat(instances)
              .allSatisfy(instance -> assertThat(instance.has("version")).isTrue());
          assertThat(instances.path(1).path("holds").toString()).contains("publication");
          assertThat(instances.path(2).path("holds").toString()).contains("order-view orders-0");
          assertThat(instances.path(3).path("holds").toString()).contains("order-saga orders-0");
        });
  }

  @Test
  void an_order_is_in_the_charts() {
    var product = shop.newProduct(1);
    shop.awaitFinal(shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA)));

    await()
        .atMost(WELL_AGAIN_WITHIN)
        .untilAsserted(() -> {
          var series = overview().path("series");
          for (var name : List.of("orders.placed", "orders.confirmed", "placement.p99")) {
            assertThat(series)
                .anySatisfy(one -> {
                  assertThat(one.path("name").asString()).isEqualTo(name);
                  assertThat(one.path("values"))
                      .anySatisfy(value -> assertThat(value.asDouble(0)).isPositive());
                });
          }
        });
  }
}
