package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalLevelTest {
  private static final Duration EXPIRY = Duration.ofSeconds(10);
  private static final Duration UNKNOWN_EXPIRY = Duration.ofSeconds(2);

  private long now;
  private final LocalLevel<String> local =
      new LocalLevel<>(
          new CacheProperties.Local(1_000, EXPIRY, 10, UNKNOWN_EXPIRY),
          new Ticker() {
            @Override
            public long read() {
              return now;
            }
          });

  @BeforeEach
  void listen() {
    local.listening();
  }

  @Test
  void what_was_loaded_is_held() {
    assertThat(load("a", 1)).isTrue();

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
  void a_load_that_was_under_way_when_its_key_changed_is_answered_but_not_held() {
    var start = local.start();
    local.heard("a", 2);

    assertThat(local.offer("a", value(1), start, () -> {})).isTrue();
    assertThat(local.get("a")).isNull();
  }

  @Test
  void a_load_that_is_older_than_what_was_answered_is_refused() {
    var start = local.start();
    local.seen("a", 2);

    assertThat(local.offer("a", value(1), start, () -> {})).isFalse();
    assertThat(local.offer("a", value(2), start, () -> {})).isTrue();
    assertThat(local.get("a")).isEqualTo(value(2));
  }

  @Test
  void a_load_that_began_before_the_subscription_came_back_is_not_held() {
    var start = local.start();
    local.deaf();
    local.listening();

    assertThat(local.offer("a", value(1), start, () -> {})).isTrue();
    assertThat(local.get("a")).isNull();
  }

  @Test
  void nothing_is_answered_while_nothing_is_heard() {
    load("a", 1);
    local.deaf();
    load("b", 1);

    assertThat(local.get("a")).isNull();
    assertThat(local.get("b")).isNull();
    assertThat(local.isListening()).isFalse();
  }

  @Test
  void nothing_from_before_the_subscription_came_back_is_answered() {
    load("a", 1);
    local.listening();

    assertThat(local.get("a")).isNull();
  }

  @Test
  void what_is_held_ends_somewhat_before_its_time() {
    IntStream.range(0, 100).forEach(key -> load("key-" + key, 1));

    now += EXPIRY.toNanos() * 89 / 100;
    assertThat(held()).isEqualTo(100);
    now += EXPIRY.toNanos() * 6 / 100;
    assertThat(held()).as("some sooner, some later").isStrictlyBetween(0L, 100L);
    now += EXPIRY.toNanos() * 6 / 100;
    assertThat(held()).isZero();
  }

  private long held() {
    return IntStream.range(0, 100).filter(key -> local.get("key-" + key) != null).count();
  }

  @Test
  void an_unknown_key_is_remembered_for_a_moment() {
    load("a", Versioned.nothing(0));
    assertThat(local.get("a")).isEqualTo(Versioned.nothing(0));

    now += UNKNOWN_EXPIRY.toNanos();
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

    assertThat(local.size()).isLessThanOrEqualTo(1 + 10);
    assertThat(local.get("a")).isEqualTo(value(1));
  }

  @Test
  void a_load_is_not_accepted_when_what_was_answered_may_be_forgotten() {
    var start = local.start();
    now += LocalLevel.MEMORY.toNanos() / 2 + 1;

    assertThat(local.offer("a", value(1), start, () -> {})).isFalse();
    assertThat(load("a", 1)).isTrue();
  }

  private boolean load(String key, long version) {
    return load(key, value(version));
  }

  private boolean load(String key, Versioned<String> found) {
    return local.offer(key, found, local.start(), () -> {});
  }

  private static Versioned<String> value(long version) {
    return new Versioned<>(version, "value " + version);
  }
}
