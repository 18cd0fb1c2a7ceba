package dev.orderflow.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SHORT_LIFE = Duration.ofMillis(50);

  private final Backoff backoff = new Backoff();

  @Test
  void the_first_restart_is_quick_and_the_next_ones_take_longer() {
    assertThat(backoff.after(SHORT_LIFE)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.after(SHORT_LIFE)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.after(SHORT_LIFE)).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void no_wait_is_longer_than_five_seconds() {
    for (var death = 0; death < 100; death++) {
      assertThat(backoff.after(SHORT_LIFE)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
    assertThat(backoff.after(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_process_that_lived_long_is_restarted_quickly_again() {
    backoff.after(SHORT_LIFE);
    backoff.after(SHORT_LIFE);

    assertThat(backoff.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(100));
  }
}
