package dev.orderflow.e2e;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is killed comes back where it was, and no order notices more than a delay. */
@RunsOn(Setup.ONE_OF_EACH)
class CrashE2E {
  private final PlatformUnderTest platform;
  private Product product;

  CrashE2E(PlatformUnderTest platform) {
    this.platform = platform;
  }

  @BeforeAll
  void there_is_enough_for_everybody() {
    product = platform.shop().newProduct(100_000);
  }

  @ParameterizedTest(name = "kill -9 of {0}")
  @ValueSource(
      strings = {"command-side-1 redis", "query-side-1 kafka", "saga-1 gateway", "postgres"})
  void killed_processes_come_back_and_every_order_is_finished(String names) {
    Crash.of(names, platform, product);
  }
}
