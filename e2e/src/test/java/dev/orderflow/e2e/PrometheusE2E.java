package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.observability.Query;
import dev.orderflow.e2e.observability.RunningPrometheus;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Every query of dashboards and alert rules is answered by a Prometheus that reads a platform. */
@EnabledIf("dev.orderflow.e2e.observability.RunningPrometheus#isInstalled")
@RunsOn(Setup.ONE_OF_EACH)
class PrometheusE2E {
  /** What nothing but a bug or an overload brings about. */
  private static final List<String> ONLY_IN_TROUBLE =
      List.of("statusCode=\"INTERNAL\"", "statusCode=~\"INTERNAL|UNAVAILABLE");

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private Product product;
  private RunningPrometheus prometheus;

  PrometheusE2E(PlatformUnderTest platform) {
    this.platform = platform;
    shop = platform.shop();
  }

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    product = shop.newProduct(1_000);
    prometheus = RunningPrometheus.reading(platform.cluster().http(), directory);
    soon("Prometheus answers")
        .ignoreExceptions()
        .until(() -> prometheus.ask(new Query("up == 1")).size() == 4);
    askWhoIsAway();
  }

  @AfterAll
  void stop() {
    prometheus.close();
  }

  @Test
  void every_query_has_an_answer() {
    soon("every query has an answer")
        .untilAsserted(() -> {
          order();
          assertThat(unanswered()).isEmpty();
        });
    assertThat(prometheus.rules())
        .isNotEmpty()
        .allSatisfy(
            rule -> assertThat(rule.path("health").asString()).as("%s", rule).isEqualTo("ok"));
  }

  /** The setup has each request followed. */
  @Test
  void how_long_requests_take_is_shown_with_their_traces() {
    soon("there are exemplars")
        .untilAsserted(() -> {
          order();
          assertThat(prometheus.exemplars("http_server_requests_seconds_bucket{job=\"gateway\"}"))
              .anySatisfy(
                  labels -> assertThat(labels.path("trace_id").asString()).matches("[0-9a-f]{32}"));
        });
  }

  private List<String> unanswered() {
    return Query.delivered().stream()
        .flatMap(query -> query.compared().stream())
        .filter(query -> ONLY_IN_TROUBLE.stream().noneMatch(query.text()::contains))
        .filter(query -> prometheus.ask(query).isEmpty())
        .map(Query::text)
        .toList();
  }

  /** So there is an answer that says so. */
  private void askWhoIsAway() {
    var staff = shop.as(STAFF);
    ShopClient.answered(() -> staff.post("/admin/demo/instances/saga/1/stop", ""));
    try {
      soon("the saga is away")
          .pollInterval(Duration.ofMillis(200))
          .until(() -> staff.put("/admin/demo/provider", Map.of("mode", "NORMAL")).status() == 503);
    } finally {
      // It stays away until it is told to come back.
      staff.post("/admin/demo/instances/saga/1/start", "");
    }
  }

  /** With each end. */
  private void order() {
    for (var method : List.of(OrderRequest.VISA, OrderRequest.DECLINED)) {
      shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, product, 1, method)));
    }
  }

  private static ConditionFactory soon(String goal) {
    // Kafka's clients are asked for new metrics once a minute.
    return await(goal).atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofSeconds(2));
  }
}
