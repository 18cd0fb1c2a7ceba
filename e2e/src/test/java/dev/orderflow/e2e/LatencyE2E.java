package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class LatencyE2E {
  private static final int WARM_UP = 15;
  private static final int ORDERS = 15;

  private final PlatformUnderTest platform;

  LatencyE2E(PlatformUnderTest platform) {
    this.platform = platform;
  }

  @Test
  void an_order_is_confirmed_soon_after_it_was_placed() {
    var product = platform.shop().newProduct(WARM_UP + ORDERS);
    Latencies.of(platform.shop(), product, WARM_UP);
    var latencies = Latencies.of(platform.shop(), product, ORDERS);
    System.out.println("one of each, warm: " + latencies);
    assertThat(latencies.median()).isLessThan(Duration.ofSeconds(1));
  }
}
