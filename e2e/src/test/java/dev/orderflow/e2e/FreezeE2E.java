package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.Platform;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.Shop;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that stands still and stays up is replaced like one that has died. */
@RunsOn(Setup.ONE_OF_EACH)
class FreezeE2E {
  private static final Duration REPLACED_WITHIN = Duration.ofSeconds(60);

  private final Platform platform;
  private Product product;

  FreezeE2E(Platform platform) {
    this.platform = platform;
  }

  @BeforeAll
  void there_is_enough_for_everybody() {
    product = platform.shop().newProduct(1_000);
  }

  @ParameterizedTest(name = "freezing {0}")
  @ValueSource(
      strings = {
        "saga-1",
        "command-side-1",
        "query-side-1",
        "gateway",
        "redis",
        "kafka",
        "postgres"
      })
  void a_frozen_process_is_replaced_and_orders_are_finished(String name) {
    var before = platform.cluster();
    var frozen = before.pids().get(name);

    Processes.freeze(frozen);
    await(name + " is replaced")
        .atMost(REPLACED_WITHIN)
        .until(() -> !platform.cluster().pids().get(name).equals(frozen));

    assertThat(Processes.isAlive(frozen)).isFalse();
    assertThat(platform.cluster().addresses()).isEqualTo(before.addresses());
    var shop = platform.shop();
    var request = OrderRequest.of(Shop.ALICE, product, 1, OrderRequest.VISA);
    assertThat(shop.awaitFinal(shop.placedPersistently(request)).status()).isEqualTo("CONFIRMED");
    assertThat(platform.cluster().pids().keySet())
        .allSatisfy(other -> {
          if (!other.equals(name)) {
            assertThat(platform.cluster().pids().get(other))
                .as("%s, which was not frozen", other)
                .isEqualTo(before.pids().get(other));
          }
        });
  }
}
