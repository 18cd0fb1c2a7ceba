package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stories that chance would tell too seldom. */
class CacheProtocolTest {
  private static final long LONG = 10_000;

  private final CacheWorld world = new CacheWorld();

  @BeforeEach
  void redis_is_in_use() {
    for (var instance = 0; instance < CacheWorld.INSTANCES; instance++) {
      world.beat(instance);
    }
    world.settle();
  }

  @AfterEach
  void nothing_is_wrong() {
    world.checkServers();
    world.expire();
    assertThat(world.wrong()).isEmpty();
  }

  @Test
  void a_change_is_in_redis_as_soon_as_it_has_arrived() {
    change(0);

    assertThat(world.versionInRedis(0, "a")).isEqualTo(1);
  }

  @Test
  void a_load_that_has_read_what_was_before_a_change_does_not_survive_it_in_redis() {
    change(0);
    world.flush(0);
    loadUntilTheRowIsRead();
    world.change(0, "a");
    world.step(1);
    world.step(1);
    world.step(1);
    world.arrive(0);
    world.settle();

    assertThat(world.newestAnswer(1, "a")).isEqualTo(1);
    assertThat(world.versionInRedis(0, "a")).isEqualTo(2);
  }

  @Test
  void who_asks_after_an_announcement_does_not_join_a_load_that_began_before_it() {
    change(0);
    world.flush(0);
    loadUntilTheRowIsRead();
    world.timePasses(1);
    world.change(0, "a");
    world.step(1);
    world.step(1);
    world.step(1);
    world.arrive(0);
    world.deliver(1);
    world.deliver(1);
    world.timePasses(1);

    world.get(1, "a");
    world.settle();

    assertThat(world.newestAnswer(1, "a")).isEqualTo(2);
  }

  @Test
  void what_redis_gets_late_is_not_kept_for_longer() {
    world.change(0, "a");
    world.finish();
    world.timePasses(LONG);

    world.settle();

    assertThat(world.versionInRedis(0, "a")).isEqualTo(-1);
  }

  @Test
  void the_time_of_a_row_counts_from_before_it_was_read() {
    change(0);
    world.flush(0);
    loadUntilTheRowIsRead();
    world.timePasses(300);
    world.settle();
    assertThat(world.versionInRedis(0, "a")).isEqualTo(1);

    world.timePasses(1_750);

    assertThat(world.versionInRedis(0, "a")).isEqualTo(-1);
  }

  @Test
  void the_time_of_a_change_counts_from_before_its_commit() {
    world.change(0, "a");
    world.step(0);
    world.timePasses(300);
    world.settle();
    assertThat(world.versionInRedis(0, "a")).isEqualTo(1);

    world.timePasses(1_750);

    assertThat(world.versionInRedis(0, "a")).isEqualTo(-1);
  }

  @Test
  void who_still_talks_to_the_old_server_is_behind_by_the_bound_only() {
    change(0);
    world.replicate(0);
    world.failOver(0);
    world.failOver(1);
    world.get(2, "a");
    world.settle();
    change(0);

    world.timePasses(LONG);
    world.get(2, "a");
    world.settle();

    assertThat(world.newestAnswer(2, "a")).isEqualTo(2);
  }

  @Test
  void an_instance_that_was_paused_in_a_load_keeps_nothing_of_it() {
    change(0);
    world.flush(0);
    loadUntilTheRowIsRead();
    world.togglePause(1);
    change(0);
    world.timePasses(LONG);
    world.togglePause(1);
    world.settle();

    world.get(1, "a");
    world.settle();

    assertThat(world.newestAnswer(1, "a")).isEqualTo(2);
  }

  /** Asks Redis, hears its answer, asks for the row, and has it read. */
  private void loadUntilTheRowIsRead() {
    world.get(1, "a");
    for (var steps = 0; steps < 4; steps++) {
      world.step(0);
    }
  }

  private void change(int instance) {
    world.change(instance, "a");
    world.settle();
  }
}
