package dev.orderflow.queryside.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.platform.error.UnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  private final Changes changes = new Changes();

  @Test
  void a_change_wakes_everyone_who_watches_its_key_and_nobody_else() throws Exception {
    try (var first = changes.watch("A");
        var second = changes.watch("A");
        var other = changes.watch("B")) {
      changes.changed("A");

      assertThat(first.await(AT_ONCE)).isTrue();
      assertThat(second.await(AT_ONCE)).isTrue();
      assertThat(other.await(AT_ONCE)).isFalse();
    }
  }

  @Test
  void changes_while_one_looks_away_count_as_one() throws Exception {
    try (var watch = changes.watch("A")) {
      changes.changed("A");
      changes.changed("A");

      assertThat(watch.await(AT_ONCE)).isTrue();
      assertThat(watch.await(AT_ONCE)).isFalse();
    }
  }

  @Test
  void when_changes_may_have_been_missed_everyone_looks_again() throws Exception {
    try (var watch = changes.watch("A")) {
      changes.anythingChanged();

      assertThat(watch.await(AT_ONCE)).isTrue();
    }
  }

  @Test
  void a_watcher_is_sent_away_when_the_instance_stops() {
    try (var watch = changes.watch("A")) {
      changes.stop();

      assertThatThrownBy(() -> watch.await(AT_ONCE)).isInstanceOf(UnavailableException.class);
    }
    try (var late = changes.watch("A")) {
      assertThatThrownBy(() -> late.await(AT_ONCE)).isInstanceOf(UnavailableException.class);
    }
  }

  @Test
  void a_key_that_nobody_watches_any_more_is_forgotten() {
    var first = changes.watch("A");
    var second = changes.watch("A");

    first.close();
    assertThat(changes.isWatched("A")).isTrue();
    second.close();

    assertThat(changes.isWatched("A")).isFalse();
  }
}
