package dev.orderflow.saga.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryDelaysTest {
  private final RetryDelays delays =
      new RetryDelays(new Random(1), Duration.ofSeconds(10), Duration.ofHours(1));

  @Test
  void the_first_retry_comes_soon_and_the_later_ones_ever_more_slowly() {
    assertThat(delays.after(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(delays.after(3)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(delays.after(6)).isBetween(Duration.ofMillis(3_200), Duration.ofMillis(6_400));
  }

  @Test
  void no_retry_is_later_than_ten_seconds_however_often_it_failed() {
    assertThat(IntStream.rangeClosed(1, 10_000).mapToObj(attempt -> delays.after(attempt)))
        .allMatch(delay -> delay.compareTo(Duration.ofSeconds(10)) <= 0 && delay.isPositive());
  }

  @Test
  void what_fails_by_itself_is_tried_ever_more_seldom_up_to_the_longest_pause() {
    var own = new OwnFailureException("silent", true);

    assertThat(delays.after(own, 1)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(delays.after(own, 4)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(80));
    assertThat(delays.after(own, 99)).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
  }

  @Test
  void what_presses_no_more_is_tried_with_the_longest_pauses_at_once() {
    assertThat(delays.after(new OwnFailureException("silent", false), 1))
        .isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
  }

  @Test
  void retries_of_many_tasks_are_spread() {
    assertThat(IntStream.range(0, 100).mapToObj(_ -> delays.after(8)).distinct().count())
        .isGreaterThan(50);
  }
}
