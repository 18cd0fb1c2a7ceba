package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * The protocol in any order of steps, with anything failing in between: no instance ever goes back,
 * no answer is older than the bound, L2 is never behind without owing it, and in the end all is
 * well.
 */
class CacheProtocolPropertyTest {
  @Property(tries = 1_500)
  void whatever_happens_no_answer_goes_back_or_is_too_old(
      @ForAll @Size(min = 50, max = 400) List<@IntRange(max = 1 << 16) Integer> choices) {
    var world = new CacheWorld();
    for (var choice : choices) {
      move(world, choice % 32, choice / 32);
      world.checkLevels();
      assertThat(world.wrong()).isEmpty();
    }
    world.heal();
    world.checkLevels();
    assertThat(world.wrong()).isEmpty();
  }

  /** What is common in life is common here. */
  private static void move(CacheWorld world, int kind, int with) {
    var instance = with % CacheWorld.INSTANCES;
    var key = with / CacheWorld.INSTANCES % 4 == 0 ? "b" : "a";
    switch (kind) {
      case 0, 1, 2, 3, 4 -> world.get(instance, key);
      case 5, 6, 7 -> world.commit(key);
      case 8, 9 -> world.settle(instance, Duration.ZERO);
      case 10, 11 -> world.deliver(instance);
      case 12 -> world.timePasses(with % 1_500);
      case 13 -> world.timePasses(with % 20);
      case 14 -> world.loseMessage(instance);
      case 15 -> world.evict(key);
      case 16 -> world.evictLease(key);
      case 17 -> world.showRow(instance, key);
      case 18 -> disturb(world, instance, with / 6);
      default -> world.step(with);
    }
  }

  private static void disturb(CacheWorld world, int instance, int with) {
    switch (with % 7) {
      case 0 -> world.flush();
      case 1 -> world.toggleRedis();
      case 2 -> world.loseNextAnswer();
      case 3 -> world.restartRedis();
      case 4 -> world.crash(instance);
      case 5 -> world.disconnect(instance);
      default -> world.connect(instance);
    }
  }
}
