package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.Cluster;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.Stock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The data outlives the processes. */
@RunsOn(Setup.IMPATIENT)
class RestartE2E {
  private final LocalPlatform platform;
  private Product product;
  private Order confirmed;
  private Order cancelled;
  private Stock stock;

  RestartE2E(LocalPlatform platform) {
    this.platform = platform;
  }

  @BeforeAll
  void there_are_orders() {
    var shop = platform.shop();
    product = shop.newProduct(10);
    confirmed = shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, product, 2, OrderRequest.VISA)));
    cancelled =
        shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, product, 3, OrderRequest.DECLINED)));
    stock = new Stock(product.productId(), 8, 0, 2);
    awaitStock();
  }

  private void awaitStock() {
    await("stock has settled")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          assertThat(platform.shop().stock(product.productId())).isEqualTo(stock);
          assertThat(platform.shop().product(product.productId()).available())
              .isEqualTo(stock.available());
        });
  }

  @Test
  void killing_the_launcher_leaves_orphans_that_the_next_one_ends_but_no_stranger()
      throws IOException {
    var before = platform.cluster();

    platform.killLauncher();

    assertThat(alive(before)).hasSameSizeAs(before.pids().values());
    // Reads from its input for as long as we live; it bears the mark of an orphan, and is none.
    var mark = "-Dorderflow.process=" + platform.data() + "/saga-1";
    var stranger = new ProcessBuilder("/bin/sh", "-c", "read line", mark).start();
    try {
      platform.start();

      assertThat(alive(before)).isEmpty();
      assertThat(stranger.isAlive()).isTrue();
      assertThatDataIsThere();
    } finally {
      stranger.destroyForcibly();
    }
  }

  private static List<Long> alive(Cluster cluster) {
    return cluster.pids().values().stream().filter(Processes::isAlive).toList();
  }

  private void assertThatDataIsThere() {
    var shop = platform.shop();
    awaitStock();
    assertThat(shop.product(product.productId()).price()).isEqualByComparingTo(product.price());
    assertThat(shop.order(ALICE, confirmed.orderId())).isEqualTo(confirmed);
    assertThat(shop.order(ALICE, cancelled.orderId())).isEqualTo(cancelled);
    var next = shop.placed(OrderRequest.of(ALICE, product, 1, OrderRequest.VISA));
    assertThat(shop.awaitFinal(next).status()).isEqualTo("CONFIRMED");
    stock = new Stock(product.productId(), stock.available() - 1, 0, stock.sold() + 1);
    awaitStock();
  }
}
