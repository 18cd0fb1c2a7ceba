package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalLevelTest {
  private static final Duration EXPIRY = Duration.ofSeconds(10);
  private static final int SIZE = 10;

  private long now;
  private final LocalLevel<String> local =
      new LocalLevel<>(
          new CacheProperties.Local(SIZE, EXPIRY),
          new Ticker() {
            @Override
            public long read() {
              return now;
            }
          });

  @Test
  void what_was_loaded_is_held() {
    load("a", 1);

    assertThat(local.get("a")).isEqualTo(value(1));
    assertThat(local.get("b")).isNull();
  }

  @Test
  void what_has_changed_is_dropped() {
    load("a", 1);
    local.heard("a", 2);

    assertThat(local.get("a")).isNull();
  }

  @Test
  void an_old_or_repeated_message_drops_nothing() {
    load("a", 2);
    local.heard("a", 1);
    local.heard("a", 2);

    assertThat(local.get("a")).isEqualTo(value(2));
  }

  @Test
  void a_row_that_was_being_read_when_its_key_changed_is_not_held() {
    var begun = now++;
    local.heard("a", 2);

    local.offerRow("a", value(1), begun);
    assertThat(local.get("a")).isNull();

    local.offerRow("a", value(2), begun);
    assertThat(local.get("a")).isEqualTo(value(2));
  }

  @Test
  void what_l2_had_is_refused_when_something_newer_was_heard_of() {
    local.heard("a", 2);

    assertThat(local.offerShared("a", value(1), now)).isFalse();
    assertThat(local.get("a")).isNull();
    assertThat(local.offerShared("a", value(2), now)).isTrue();
    assertThat(local.get("a")).isEqualTo(value(2));
  }

  @Test
  void what_l2_had_is_refused_when_something_newer_was_answered() {
    local.offerRow("a", value(2), now);
    now += EXPIRY.toNanos();

    assertThat(local.offerShared("a", value(1), now)).isFalse();
  }

  @Test
  void a_row_that_was_read_after_its_mark_was_made_is_the_truth() {
    local.heard("a", 9);
    now++;

    local.offerRow("a", value(3), now);
    assertThat(local.get("a")).isEqualTo(value(3));
    assertThat(local.offerShared("a", value(3), now)).isTrue();
  }

  @Test
  void nobody_joins_a_load_that_began_before_something_newer_was_heard_of_or_answered() {
    var begun = now++;
    assertThat(local.isOvertaken("a", begun)).isFalse();

    local.heard("a", 2);
    assertThat(local.isOvertaken("a", begun)).isTrue();
    assertThat(local.isOvertaken("a", now)).isFalse();

    begun = now++;
    local.heard("a", 1);
    local.heard("a", 2);
    assertThat(local.isOvertaken("a", begun)).as("nothing new").isFalse();
    local.offerRow("a", value(3), now);
    assertThat(local.isOvertaken("a", begun)).isTrue();
  }

  @Test
  void what_is_held_ends_in_time_counted_from_when_its_load_began() {
    var begun = now;
    now += EXPIRY.toNanos() / 2;
    local.offerRow("a", value(1), begun);

    now = begun + EXPIRY.toNanos() - 1;
    assertThat(local.get("a")).isEqualTo(value(1));
    now++;
    assertThat(local.get("a")).isNull();
  }

  @Test
  void an_unknown_key_is_remembered_for_a_moment() {
    load("a", Versioned.nothing(0));
    assertThat(local.get("a")).isEqualTo(Versioned.nothing(0));

    now += EXPIRY.toNanos();
    assertThat(local.get("a")).isNull();
  }

  @Test
  void an_unknown_key_is_known_as_soon_as_it_is_there() {
    load("a", Versioned.nothing(0));
    local.heard("a", 1);
    assertThat(local.get("a")).isNull();

    load("a", 1);
    assertThat(local.get("a")).isEqualTo(value(1));
  }

  @Test
  void unknown_keys_are_bounded_and_push_nothing_out() {
    load("a", 1);
    IntStream.range(0, 10_000).forEach(key -> load("random-" + key, Versioned.nothing(0)));

    assertThat(local.size()).isLessThanOrEqualTo(1 + SIZE);
    assertThat(local.get("a")).isEqualTo(value(1));
  }

  @Test
  void a_load_that_is_so_old_that_its_mark_may_be_forgotten_is_not_joined() {
    var begun = now;
    now += LocalLevel.MEMORY.toNanos() / 2 + 1;

    assertThat(local.isOvertaken("a", begun)).isTrue();
    assertThat(local.offerShared("a", value(1), begun)).isFalse();
    local.offerRow("a", value(1), begun);
    assertThat(local.get("a")).isNull();
  }

  private void load(String key, long version) {
    load(key, value(version));
  }

  private void load(String key, Versioned<String> found) {
    local.offerRow(key, found, now);
  }

  private static Versioned<String> value(long version) {
    return new Versioned<>(version, "value " + version);
  }
}
