package dev.orderflow.saga.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
  private static final Throwable AWAY = Status.UNAVAILABLE.asRuntimeException();

  private final RetryPolicy retries = new RetryPolicy(new Random(1));

  @Test
  void the_first_retry_comes_soon_and_the_later_ones_ever_more_slowly() {
    assertThat(retries.delay(1, AWAY)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(retries.delay(3, AWAY)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(retries.delay(6, AWAY))
        .isBetween(Duration.ofMillis(3_200), Duration.ofMillis(6_400));
  }

  @Test
  void no_retry_is_later_than_ten_seconds_however_often_it_failed() {
    assertThat(IntStream.rangeClosed(1, 10_000).mapToObj(attempt -> retries.delay(attempt, AWAY)))
        .allMatch(delay -> delay.compareTo(Duration.ofSeconds(10)) <= 0 && delay.isPositive());
  }

  @Test
  void retries_of_many_tasks_are_spread() {
    assertThat(IntStream.range(0, 100).mapToObj(_ -> retries.delay(8, AWAY)).distinct().count())
        .isGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"INVALID_ARGUMENT", "NOT_FOUND", "FAILED_PRECONDITION", "PERMISSION_DENIED"})
  void a_refused_command_is_repeated_at_the_longest_interval(Status.Code refusal) {
    assertThat(retries.delay(1, refusal.toStatus().asRuntimeException()))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  @Test
  void a_failure_of_another_kind_is_no_refusal() {
    assertThat(retries.delay(1, new IllegalStateException())).isLessThan(Duration.ofSeconds(1));
    assertThat(retries.delay(1, null)).isLessThan(Duration.ofSeconds(1));
  }
}
