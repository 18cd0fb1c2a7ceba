package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.cache.SharedLevel.Found;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for L2, as Redis does it, and as the model says that it does. */
abstract class SharedLevelContract {
  static final long LEASE_MILLIS = 300;

  abstract SharedLevel<String> shared();

  abstract void evict(String key);

  /** What was announced so far, as key and version. */
  abstract List<ViewFormat.Change> announced();

  /** A lease that was taken before has ended when this returns. */
  abstract void leaseTimePasses();

  @Test
  void the_first_who_finds_nothing_gets_the_lease_and_the_others_wait() throws Exception {
    assertThat(read("a", "one")).isEqualTo(new Found.Leased<>());
    assertThat(read("a", "two")).isEqualTo(new Found.Busy<>());
    assertThat(read("b", "two")).isEqualTo(new Found.Leased<>());
  }

  @Test
  void what_was_loaded_under_a_lease_is_there_for_all() throws Exception {
    read("a", "one");
    shared().fill(Map.of("a", value(5)), "one");

    assertThat(read("a", "two")).isEqualTo(new Found.Entry<>(value(5)));
  }

  @Test
  void nothing_is_filled_in_without_a_lease() throws Exception {
    shared().fill(Map.of("a", value(5)), "one");
    assertThat(read("a", "one")).isEqualTo(new Found.Leased<>());

    shared().fill(Map.of("a", value(5)), "two");
    assertThat(read("a", "two")).isEqualTo(new Found.Busy<>());
  }

  @Test
  void a_write_voids_the_lease_of_a_load_that_may_have_read_what_was_before() throws Exception {
    read("a", "one");
    shared().write(Map.of("a", value(6)));

    shared().fill(Map.of("a", value(5)), "one");

    assertThat(read("a", "two")).isEqualTo(new Found.Leased<>());
  }

  @Test
  void a_write_only_moves_forward() throws Exception {
    filled("a", 5);

    shared().write(Map.of("a", value(7)));
    assertThat(read("a", "x")).isEqualTo(new Found.Entry<>(value(7)));

    shared().write(Map.of("a", value(6)));
    assertThat(read("a", "x")).isEqualTo(new Found.Entry<>(value(7)));
  }

  @Test
  void a_write_corrects_what_was_kept_of_the_same_version() throws Exception {
    filled("a", 5);

    shared().write(Map.of("a", new Versioned<>(5, "corrected")));

    assertThat(read("a", "x")).isEqualTo(new Found.Entry<>(new Versioned<>(5, "corrected")));
  }

  @Test
  void versions_are_compared_as_numbers() throws Exception {
    filled("a", 9);
    shared().write(Map.of("a", value(10)));
    shared().write(Map.of("a", value(9)));

    assertThat(read("a", "x")).isEqualTo(new Found.Entry<>(value(10)));
  }

  @Test
  void a_write_that_comes_late_finds_nothing_to_move_once_the_entry_was_evicted() throws Exception {
    filled("a", 5);
    shared().write(Map.of("a", value(7)));
    evict("a");

    shared().write(Map.of("a", value(6)));

    assertThat(read("a", "x")).isEqualTo(new Found.Leased<>());
  }

  @Test
  void a_loader_that_dies_keeps_the_key_for_the_time_of_a_lease() throws Exception {
    read("a", "dead");
    leaseTimePasses();

    assertThat(read("a", "two")).isEqualTo(new Found.Leased<>());
    shared().fill(Map.of("a", value(5)), "dead");
    assertThat(read("a", "three")).isEqualTo(new Found.Busy<>());
  }

  @Test
  void of_an_unknown_key_nothing_remains() throws Exception {
    read("a", "one");
    shared().fill(Map.of("a", Versioned.nothing(0)), "one");

    assertThat(read("a", "two")).isEqualTo(new Found.Leased<>());
  }

  @Test
  void what_is_not_shown_any_more_is_taken_out() throws Exception {
    filled("a", 5);
    shared().write(Map.of("a", Versioned.nothing(6)));

    assertThat(read("a", "two")).isEqualTo(new Found.Leased<>());
  }

  @Test
  void several_keys_go_together() throws Exception {
    filled("a", 1);
    read("b", "other");

    assertThat(shared().read(List.of("a", "b", "c", "d"), "one"))
        .containsEntry("a", new Found.Entry<>(value(1)))
        .containsEntry("b", new Found.Busy<>())
        .containsEntry("c", new Found.Leased<>())
        .containsEntry("d", new Found.Leased<>());
    shared().fill(Map.of("c", value(3), "d", value(4)), "one");
    shared().write(Map.of("a", value(8), "d", value(9)));
    assertThat(shared().read(List.of("a", "c", "d"), "two"))
        .containsEntry("a", new Found.Entry<>(value(8)))
        .containsEntry("c", new Found.Entry<>(value(3)))
        .containsEntry("d", new Found.Entry<>(value(9)));
  }

  @Test
  void changes_are_announced_and_fills_are_not() throws Exception {
    filled("a", 5);
    filled("b", 5);
    shared().write(Map.of("a", value(6)));
    shared().write(Map.of("c", value(1)));

    await()
        .untilAsserted(() ->
            assertThat(announced())
                .containsExactly(new ViewFormat.Change("a", 6), new ViewFormat.Change("c", 1)));
  }

  final void filled(String key, long version) throws SharedLevelException {
    assertThat(read(key, "loader")).isEqualTo(new Found.Leased<>());
    shared().fill(Map.of(key, value(version)), "loader");
  }

  final Found<String> read(String key, String owner) throws SharedLevelException {
    return shared().read(List.of(key), owner).get(key);
  }

  static Versioned<String> value(long version) {
    return new Versioned<>(version, "value " + version);
  }
}
