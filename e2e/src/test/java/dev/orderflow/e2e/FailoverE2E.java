package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Product;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of two instances of every service dies; which of them had the work is left to chance, so each
 * dies once.
 */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class FailoverE2E {
  private static final Duration CARRIED_ON_WITHIN = Duration.ofSeconds(30);

  private final PlatformUnderTest platform;
  private Product product;

  FailoverE2E(PlatformUnderTest platform) {
    this.platform = platform;
  }

  @BeforeAll
  void there_is_enough_for_everybody() {
    product = platform.shop().newProduct(100_000);
  }

  @ParameterizedTest(name = "kill -9 of {0}")
  @ValueSource(
      strings = {"command-side-1 query-side-1 saga-1", "command-side-2 query-side-2 saga-2"})
  void the_other_instances_or_the_next_lives_of_these_carry_on(String names) {
    assertThat(Crash.of(names, platform, product)).isLessThan(CARRIED_ON_WITHIN);
  }
}
