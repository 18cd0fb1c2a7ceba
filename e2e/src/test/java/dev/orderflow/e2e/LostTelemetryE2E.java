package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While there is no receiver of spans, orders go on, and the lost spans are counted. */
@RunsOn(Setup.IMPATIENT)
class LostTelemetryE2E {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ORDERS = 20;

  private final PlatformUnderTest platform;
  private final ShopClient shop;

  LostTelemetryE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @Test
  void orders_go_on_and_the_lost_spans_are_counted() {
    var product = shop.newProduct(ORDERS);
    for (var i = 0; i < ORDERS; i++) {
      var order = shop.placed(OrderRequest.of(ALICE, product, 1, OrderRequest.VISA));
      assertThat(shop.awaitFinal(order).status()).isEqualTo("CONFIRMED");
    }

    await("spans are lost")
        .atMost(LIMIT)
        .until(() -> spans("recorded") > ORDERS && spans("lost") > 0);
    assertThat(spans("exported")).isZero();
  }

  private double spans(String outcome) {
    var name = "orderflow_tracing_spans_total{outcome=\"%s\"}".formatted(outcome);
    return new ShopClient(platform.cluster().http().get("gateway"))
        .anybody()
        .get("/actuator/prometheus")
        .text()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
