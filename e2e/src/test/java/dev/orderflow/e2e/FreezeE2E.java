package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A process that stands still and stays up is replaced like one that has died. */
@RunsOn(Setup.ONE_OF_EACH)
class FreezeE2E {
  private static final Duration REPLACED_WITHIN = Duration.ofSeconds(60);

  private final PlatformUnderTest platform;
  private Product product;

  FreezeE2E(PlatformUnderTest platform) {
    this.platform = platform;
  }

  @BeforeAll
  void there_is_enough_for_everybody() {
    product = platform.shop().newProduct(1_000);
  }

  /** All at once, since it is the waiting that takes time. */
  @Test
  void frozen_processes_are_replaced_and_orders_are_finished() {
    var before = platform.cluster();
    var frozen = before.pids();

    frozen.values().forEach(Processes::freeze);
    frozen.forEach((name, pid) ->
        await(name + " is replaced")
            .atMost(REPLACED_WITHIN)
            .until(() -> !platform.cluster().pids().get(name).equals(pid)));

    assertThat(frozen.values()).noneMatch(Processes::isAlive);
    assertThat(platform.cluster().addresses()).isEqualTo(before.addresses());
    var shop = platform.shop();
    var request = OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA);
    assertThat(shop.awaitFinal(shop.placed(request)).status()).isEqualTo("CONFIRMED");
  }
}
