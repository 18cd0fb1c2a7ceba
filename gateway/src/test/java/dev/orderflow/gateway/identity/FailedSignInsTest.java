package dev.orderflow.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {
  private static final int WITHOUT_PAUSE = 4;

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final FailedSignIns failed = new FailedSignIns(() -> now);

  private boolean tried(boolean right) {
    return failed.allow("alice", "192.0.2.1", () -> right);
  }

  private void failTimes(int count) {
    for (var failure = 0; failure < count; failure++) {
      assertThat(tried(false)).isFalse();
    }
  }

  @Test
  void who_mistypes_a_few_times_may_try_again_at_once() {
    failTimes(WITHOUT_PAUSE);

    assertThat(tried(true)).isTrue();
  }

  @Test
  void who_guesses_waits_longer_each_time_and_the_right_secret_does_not_help() {
    failTimes(WITHOUT_PAUSE + 1);

    for (var seconds : new int[] {1, 2, 4, 8, 8}) {
      assertThatThrownBy(() -> tried(true)).isInstanceOf(SignInPausedException.class);
      now = now.plusSeconds(seconds).minusMillis(1);
      assertThatThrownBy(() -> tried(true)).isInstanceOf(SignInPausedException.class);
      now = now.plusMillis(1);
      assertThat(tried(false)).isFalse();
    }
  }

  @Test
  void a_pause_is_no_longer_for_attempts_in_it() {
    failTimes(WITHOUT_PAUSE + 1);
    assertThatThrownBy(() -> tried(false))
        .isInstanceOfSatisfying(
            SignInPausedException.class,
            pause -> assertThat(pause.retryAfterSeconds()).isEqualTo(1));

    now = now.plus(Duration.ofSeconds(1));

    assertThat(tried(true)).isTrue();
    failTimes(WITHOUT_PAUSE);
  }

  @Test
  void addresses_of_one_ipv6_network_wait_for_each_other() {
    for (var failure = 1; failure <= WITHOUT_PAUSE + 1; failure++) {
      assertThat(failed.allow("alice", "2001:db8::" + failure, () -> false)).isFalse();
    }

    assertThatThrownBy(() -> failed.allow("alice", "2001:db8::ffff", () -> true))
        .isInstanceOf(SignInPausedException.class);
  }

  @Test
  void neither_another_client_nor_another_address_waits() {
    failTimes(WITHOUT_PAUSE + 1);

    assertThat(failed.allow("bob", "192.0.2.1", () -> true)).isTrue();
    assertThat(failed.allow("alice", "192.0.2.2", () -> true)).isTrue();
  }
}
