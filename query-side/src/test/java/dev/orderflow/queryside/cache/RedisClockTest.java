package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisClockTest {
  private long now = Duration.ofSeconds(100).toNanos();
  private final RedisClock clock =
      new RedisClock(
          new Ticker() {
            @Override
            public long read() {
              return now;
            }
          });

  @Test
  void before_it_was_read_it_is_long_ago() {
    assertThat(clock.at(now)).isZero();
  }

  @Test
  void a_time_is_told_from_the_last_reading() {
    clock.shows(5_000);

    assertThat(clock.at(now)).isEqualTo(5_000);
    assertThat(clock.at(now + Duration.ofMillis(700).toNanos())).isEqualTo(5_700);
    assertThat(clock.at(now - Duration.ofMillis(700).toNanos())).isEqualTo(4_300);
  }

  @Test
  void what_is_not_whole_errs_on_the_early_side() {
    clock.shows(5_000);

    assertThat(clock.at(now + 999_999)).isEqualTo(5_000);
    assertThat(clock.at(now - 1)).isEqualTo(4_999);
  }

  @Test
  void an_old_reading_tells_nothing_any_more() {
    clock.shows(5_000);

    assertThat(clock.at(now + Duration.ofSeconds(11).toNanos())).isZero();
  }
}
