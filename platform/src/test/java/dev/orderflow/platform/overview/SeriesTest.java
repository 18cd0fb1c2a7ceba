package dev.orderflow.platform.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An hour of values, and no more. */
class SeriesTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:03Z");

  private final AtomicInteger asked = new AtomicInteger();
  private final Series series =
      new Series("orders.placed", "1/min", Together.SUM, asked::incrementAndGet);

  private void sampleAfter(long seconds) {
    series.sample(BEGIN.plusSeconds(seconds));
  }

  private Overview.SeriesJson shown() {
    return Objects.requireNonNull(series.shown("command-side"));
  }

  @Test
  void before_the_first_value_there_is_nothing_to_show() {
    assertThat(series.shown("command-side")).isNull();
    assertThat(series.latest()).isNaN();
  }

  @Test
  void each_step_has_one_value_and_begins_at_whole_multiples() {
    sampleAfter(0);
    sampleAfter(2);
    sampleAfter(8);

    assertThat(asked).hasValue(2);
    assertThat(shown().from()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(shown().values()).containsExactly(1.0, 2.0);
    assertThat(series.latest()).isEqualTo(2);
  }

  @Test
  void what_was_missed_is_not_known() {
    sampleAfter(0);
    sampleAfter(30);

    assertThat(shown().values()).containsExactly(1.0, null, null, 2.0);
  }

  @Test
  void what_is_older_than_an_hour_is_forgotten() {
    for (var second = 0; second < 2 * 3600; second += 10) {
      sampleAfter(second);
    }

    assertThat(shown().values()).hasSize(360).startsWith(361.0).endsWith(720.0);
    assertThat(shown().from()).isEqualTo("2026-01-01T01:00:00Z");
  }

  @Test
  void nothing_is_left_of_what_was_before_a_long_pause() {
    sampleAfter(0);
    sampleAfter(10);
    sampleAfter(36_000);

    assertThat(shown().values()).hasSize(360).endsWith(3.0);
    assertThat(shown().values().stream().filter(Objects::nonNull)).hasSize(1);
  }
}
