package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for L2, as Redis does it, and as the model says that it does. */
abstract class RedisContract {
  static final Duration LIFE = Duration.ofSeconds(20);
  private static final Duration NEW = Duration.ZERO;

  abstract Map<String, Versioned<String>> read(List<String> keys);

  /**
   * Keeps rows.
   *
   * @param age of the rows
   */
  abstract void keep(Map<String, Versioned<String>> rows, Duration age);

  @Test
  void what_was_kept_is_there() {
    keep(Map.of("a", value(1), "b", value(2)), NEW);

    assertThat(read(List.of("a", "b", "c"))).isEqualTo(Map.of("a", value(1), "b", value(2)));
  }

  @Test
  void what_is_kept_only_moves_forward() {
    keep(Map.of("a", value(5)), NEW);

    keep(Map.of("a", value(7)), NEW);
    keep(Map.of("a", value(6)), NEW);

    assertThat(read(List.of("a"))).containsEntry("a", value(7));
  }

  @Test
  void versions_are_compared_as_numbers() {
    keep(Map.of("a", value(10)), NEW);
    keep(Map.of("a", value(9)), NEW);

    assertThat(read(List.of("a"))).containsEntry("a", value(10));
  }

  @Test
  void a_row_of_the_same_version_is_corrected() {
    keep(Map.of("a", value(5)), NEW);
    keep(Map.of("a", new Versioned<>(5, "corrected")), NEW);

    assertThat(read(List.of("a"))).containsEntry("a", new Versioned<>(5, "corrected"));
  }

  @Test
  void what_comes_when_its_time_is_over_is_not_kept() {
    keep(Map.of("a", value(5)), LIFE);

    assertThat(read(List.of("a"))).isEmpty();
  }

  @Test
  void time_counts_from_when_the_row_was_true() {
    keep(Map.of("a", value(5)), LIFE.minusSeconds(2));
    assertThat(read(List.of("a"))).containsKey("a");

    await().atMost(LIFE.minusSeconds(1)).until(() -> read(List.of("a")).isEmpty());
  }

  @Test
  void nothing_is_kept_where_there_is_nothing_to_show() {
    keep(Map.of("a", Versioned.nothing(5)), NEW);

    assertThat(read(List.of("a"))).isEmpty();
  }

  static Versioned<String> value(long version) {
    return new Versioned<>(version, "value " + version);
  }
}
