package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.EventStoreReader;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nothing polls here: what no signal announces takes a minute. */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class TwoInstancesE2E {
  /** Far below the 60 s after which it would be polled, and far above what a slow machine takes. */
  private static final Duration WOKEN = Duration.ofSeconds(10);

  private static final String CONSISTENCY = "Orderflow-Consistency";
  private static final int WARM_UP = 10;
  private static final int ORDERS = 11;

  private final PlatformUnderTest platform;
  private final ShopClient shop;

  TwoInstancesE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @BeforeAll
  void warm_up() {
    Latencies.of(shop, shop.newProduct(WARM_UP), WARM_UP);
  }

  @Test
  void who_changes_a_price_reads_the_new_one_at_once_on_any_instance() {
    var path = "/products/" + shop.newProduct(1).productId();
    for (var price = 1; price <= 20; price++) {
      var body = Map.of("price", price);
      var changed = ShopClient.answered(() -> shop.as(ShopClient.STAFF).put(path + "/price", body));
      assertThat(changed.status()).as("%s", changed).isEqualTo(200);

      // 503 when the view has not come so far in time.
      var read =
          ShopClient.answered(
              () -> shop.anybody().get(path, CONSISTENCY, changed.header(CONSISTENCY)));

      assertThat(read.status()).as("%s", read).isEqualTo(200);
      assertThat(read.body().path("price").asInt()).isEqualTo(price);
    }
  }

  @Test
  void an_order_is_confirmed_soon_although_nobody_polls() {
    var latencies = Latencies.of(shop, shop.newProduct(ORDERS), ORDERS);
    System.out.println("two of each, fallback polls at 60 s: " + latencies);
    assertThat(latencies.median()).isLessThan(WOKEN);
  }

  @Test
  void who_loses_the_connections_for_wake_ups_does_not_wait_for_a_poll() {
    var log = new EventStoreReader(platform.cluster().postgres());
    var latencies =
        Latencies.of(
            shop,
            shop.newProduct(ORDERS),
            ORDERS,
            () ->
                await("there are connections to break")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> log.breakConnections("orderflow-commit-signals") > 0));
    System.out.println("two of each, connections for wake-ups broken before each: " + latencies);
    assertThat(latencies.median()).isLessThan(WOKEN);
  }
}
