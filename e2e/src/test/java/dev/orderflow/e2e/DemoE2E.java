package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What staff break in the demo mode is seen, and heals. */
@RunsOn(Setup.ONE_OF_EACH)
class DemoE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private Product product;

  DemoE2E(PlatformUnderTest platform) {
    this.platform = platform;
    shop = platform.shop();
  }

  @BeforeAll
  void there_is_a_product() {
    product = shop.newProduct(100);
  }

  @AfterEach
  void every_instance_runs() {
    for (var service : List.of("command-side", "query-side", "saga")) {
      change("/admin/demo/instances/" + service + "/1/start");
    }
  }

  @AfterAll
  void all_is_as_ever() {
    direct("NORMAL");
    shop.as(STAFF).delete("/admin/demo/sale");
  }

  @Test
  void a_provider_that_declines_loses_orders_until_it_is_normal_again() {
    direct("DECLINING");
    var cancelled = ordered();
    assertThat(cancelled.status()).isEqualTo("CANCELLED");
    assertThat(cancelled.cancelReason()).isEqualTo("PAYMENT_FAILED");

    direct("NORMAL");
    assertThat(ordered().status()).isEqualTo("CONFIRMED");
  }

  @ParameterizedTest
  @CsvSource({"command-side", "query-side", "saga"})
  void an_instance_that_is_stopped_is_started_when_it_is_told_to_and_orders_are_finished(
      String service) {
    var name = service + "-1";
    var before = platform.cluster().pids().get(name);
    var began = Instant.now();

    change("/admin/demo/instances/" + service + "/1/stop");

    await(name + " is stopped").atMost(SOON).until(() -> !Processes.isAlive(before));
    assertThat(stopped()).containsExactly(name);
    change("/admin/demo/instances/" + service + "/1/start");

    assertThat(stopped()).isEmpty();
    await(name + " is replaced")
        .atMost(SOON)
        .until(() -> !platform.cluster().pids().get(name).equals(before));
    awaitOnRecord("POST /admin/demo/instances/" + service + "/1/start", began);
    var request = OrderRequest.of(ALICE, product, 1, OrderRequest.VISA);
    assertThat(shop.awaitFinal(shop.placed(request)).status()).isEqualTo("CONFIRMED");
  }

  @Test
  void a_gateway_that_is_stopped_is_started_again_at_once() {
    var before = platform.cluster().pids().get("gateway");
    var began = Instant.now();

    change("/admin/demo/instances/gateway/1/stop");

    await("the gateway is replaced")
        .atMost(SOON)
        .until(() -> !platform.cluster().pids().get("gateway").equals(before));
    var request = OrderRequest.of(ALICE, product, 1, OrderRequest.VISA);
    assertThat(shop.awaitFinal(shop.placed(request)).status()).isEqualTo("CONFIRMED");
    assertThat(stopped()).isEmpty();
    awaitOnRecord("POST /admin/demo/instances/gateway/1/stop", began);
  }

  @Test
  void a_sale_day_brings_orders_and_ends_by_itself() {
    var before = Instant.now();
    var wanted = Map.of("ordersPerSecond", 20, "seconds", 2);
    var begun = ShopClient.answered(() -> shop.as(STAFF).post("/admin/demo/sale", wanted));

    assertThat(begun.status()).as("%s", begun).isEqualTo(202);
    awaitOnRecord("POST /admin/demo/sale", before);
    await("the sale is over")
        .atMost(SOON)
        .until(() -> !sale().path("running").asBoolean() && underWay(sale()) == 0);
    // On a busy machine some may be told to come again.
    assertThat(sale().path("answered").asInt()).isGreaterThan(sale().path("refused").asInt());
    await("its orders are finished")
        .atMost(SOON)
        .until(() -> shop.stock("PROD-SALE-DAY").reserved() == 0);
  }

  private Order ordered() {
    return shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, product, 1, OrderRequest.VISA)));
  }

  private void direct(String mode) {
    var wanted = Map.of("mode", mode);
    var answer = ShopClient.answered(() -> shop.as(STAFF).put("/admin/demo/provider", wanted));
    assertThat(answer.status()).as("%s", answer).isEqualTo(204);
    await("the provider is " + mode)
        .atMost(SOON)
        .until(() ->
            shop.as(STAFF).get("/admin/demo").body().path("provider").asString("").equals(mode));
  }

  /** What is stopped may be gone before its answer is out: then it is told again. */
  private void change(String path) {
    var answer = ShopClient.answered(() -> shop.as(STAFF).post(path, ""));
    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
  }

  private List<String> stopped() {
    return shop.as(STAFF)
        .get("/admin/demo")
        .body()
        .path("stopped")
        .valueStream()
        .map(one -> one.path("instance").asString())
        .toList();
  }

  /** A service that is slow to answer is left out of the record that is shown. */
  private void awaitOnRecord(String action, Instant began) {
    await(action + " is on record").atMost(SOON).until(() -> onRecordSince(began).contains(action));
  }

  private List<String> onRecordSince(Instant began) {
    return shop.as(STAFF)
        .get("/admin/staff-actions?pageSize=100")
        .body()
        .path("actions")
        .valueStream()
        .filter(action -> Instant.parse(action.path("at").asString()).isAfter(began))
        .map(action -> action.path("method").asString() + " " + action.path("path").asString())
        .toList();
  }

  private JsonNode sale() {
    return shop.as(STAFF).get("/admin/demo").body().path("sale");
  }

  private static int underWay(JsonNode sale) {
    return sale.path("orders").asInt()
        - sale.path("answered").asInt()
        - sale.path("refused").asInt();
  }
}
