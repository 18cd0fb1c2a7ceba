package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stories that chance would tell too seldom. */
class CacheProtocolTest {
  private static final long LONG = 10_000;

  private final CacheWorld world = new CacheWorld();

  @AfterEach
  void nothing_is_wrong() {
    world.checkLevels();
    world.heal();
    assertThat(world.wrong()).isEmpty();
  }

  @Test
  void what_redis_missed_while_it_was_away_is_not_read_there() {
    inRedis();
    world.toggleRedis();
    world.commit("a");
    world.timePasses(LONG);

    world.toggleRedis();
    world.get(0, "a");
    world.get(1, "a");
    world.finish();
  }

  @Test
  void what_redis_missed_of_an_instance_that_died_is_not_read_there() {
    inRedis();
    world.commit("a");
    world.crash(2);
    world.toggleRedis();
    world.timePasses(LONG);
    world.toggleRedis();
    world.get(0, "a");
    world.finish();
  }

  @Test
  void a_settlement_that_was_not_answered_is_made_again() {
    inRedis();
    world.commit("a");
    world.loseNextAnswer();
    world.settle(0, Duration.ZERO);
    world.finish();
    assertThat(world.isOwed("a")).isTrue();

    world.settle(1, Duration.ZERO);
    world.finish();
    assertThat(world.isOwed("a")).isFalse();
  }

  @Test
  void what_changes_while_it_is_settled_stays_owed() {
    inRedis();
    world.commit("a");
    world.settle(0, Duration.ZERO);
    while (world.versionInRedis("a") < 2) {
      world.step(0);
    }
    world.commit("a");
    world.finish();

    assertThat(world.isOwed("a")).isTrue();
  }

  private void inRedis() {
    world.commit("a");
    world.settle(0, Duration.ZERO);
    world.finish();
    world.get(0, "a");
    world.finish();
    assertThat(world.versionInRedis("a")).isEqualTo(1);
  }
}
