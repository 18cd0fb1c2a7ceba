package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stories that chance would tell too seldom. */
class CacheProtocolTest {
  private static final long LONG = 10_000;

  private final CacheSimulation simulation = new CacheSimulation();

  @BeforeEach
  void redis_is_in_use() {
    for (var instance = 0; instance < CacheSimulation.INSTANCES; instance++) {
      simulation.beat(instance);
    }
    simulation.settle();
  }

  @AfterEach
  void nothing_is_wrong() {
    simulation.checkServers();
    simulation.expire();
    assertThat(simulation.wrong()).isEmpty();
  }

  @Test
  void a_change_is_in_redis_as_soon_as_it_has_arrived() {
    change(0);

    assertThat(simulation.versionInRedis(0, "a")).isEqualTo(1);
  }

  @Test
  void a_load_that_has_read_what_was_before_a_change_does_not_survive_it_in_redis() {
    change(0);
    simulation.flush(0);
    loadUntilTheRowIsRead();
    simulation.change(0, "a");
    simulation.step(1);
    simulation.step(1);
    simulation.step(1);
    simulation.arrive(0);
    simulation.settle();

    assertThat(simulation.newestAnswer(1, "a")).isEqualTo(1);
    assertThat(simulation.versionInRedis(0, "a")).isEqualTo(2);
  }

  @Test
  void who_asks_after_an_announcement_does_not_join_a_load_that_began_before_it() {
    change(0);
    simulation.flush(0);
    loadUntilTheRowIsRead();
    simulation.timePasses(1);
    simulation.change(0, "a");
    simulation.step(1);
    simulation.step(1);
    simulation.step(1);
    simulation.arrive(0);
    simulation.deliver(1);
    simulation.deliver(1);
    simulation.timePasses(1);

    simulation.get(1, "a");
    simulation.settle();

    assertThat(simulation.newestAnswer(1, "a")).isEqualTo(2);
  }

  @Test
  void what_redis_gets_late_is_not_kept_for_longer() {
    simulation.change(0, "a");
    simulation.finish();
    simulation.timePasses(LONG);

    simulation.settle();

    assertThat(simulation.versionInRedis(0, "a")).isEqualTo(-1);
  }

  @Test
  void the_time_of_a_row_counts_from_before_it_was_read() {
    change(0);
    simulation.flush(0);
    loadUntilTheRowIsRead();
    simulation.timePasses(300);
    simulation.hearTheTime(1);
    simulation.settle();
    assertThat(simulation.versionInRedis(0, "a")).isEqualTo(1);

    simulation.timePasses(1_750);

    assertThat(simulation.versionInRedis(0, "a")).isEqualTo(-1);
  }

  @Test
  void the_time_of_a_change_counts_from_before_its_commit() {
    simulation.change(0, "a");
    simulation.step(0);
    simulation.timePasses(300);
    simulation.hearTheTime(0);
    simulation.settle();
    assertThat(simulation.versionInRedis(0, "a")).isEqualTo(1);

    simulation.timePasses(1_750);

    assertThat(simulation.versionInRedis(0, "a")).isEqualTo(-1);
  }

  @Test
  void who_still_talks_to_the_old_server_is_behind_by_the_bound_only() {
    change(0);
    simulation.replicate(0);
    simulation.failOver(0);
    simulation.failOver(1);
    simulation.get(2, "a");
    simulation.settle();
    change(0);

    simulation.timePasses(LONG);
    simulation.get(2, "a");
    simulation.settle();

    assertThat(simulation.newestAnswer(2, "a")).isEqualTo(2);
  }

  @Test
  void an_instance_that_was_paused_in_a_load_keeps_nothing_of_it() {
    change(0);
    simulation.flush(0);
    loadUntilTheRowIsRead();
    simulation.togglePause(1);
    change(0);
    simulation.timePasses(LONG);
    simulation.togglePause(1);
    simulation.settle();

    simulation.get(1, "a");
    simulation.settle();

    assertThat(simulation.newestAnswer(1, "a")).isEqualTo(2);
  }

  /** Asks Redis, hears its answer, asks for the row, and has it read. */
  private void loadUntilTheRowIsRead() {
    simulation.get(1, "a");
    for (var steps = 0; steps < 4; steps++) {
      simulation.step(0);
    }
  }

  private void change(int instance) {
    simulation.change(instance, "a");
    simulation.settle();
  }
}
