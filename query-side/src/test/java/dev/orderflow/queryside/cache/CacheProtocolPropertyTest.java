package dev.orderflow.queryside.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/**
 * The caches in any order of steps, with anything lost, late, paused or failed over in between: no
 * instance ever goes back, nor behind what it has heard of before it was asked; no answer is older
 * than the bound; and in the end, without any announcement, everybody sees the newest.
 */
class CacheProtocolPropertyTest {
  @Property(tries = 1_500)
  void whatever_happens_no_answer_goes_back_or_is_too_old(
      @ForAll("choices") List<Integer> choices) {
    var world = new CacheWorld();
    for (var choice : choices) {
      move(world, choice % 32, choice / 32);
      world.checkServers();
      assertThat(world.wrong()).isEmpty();
    }
    world.expire();
    world.checkServers();
    assertThat(world.wrong()).isEmpty();
  }

  /** Evenly: small numbers would be one instance and one key. */
  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers()
        .between(0, 1 << 16)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMinSize(50)
        .ofMaxSize(400);
  }

  /** What is common in life is common here. */
  private static void move(CacheWorld world, int kind, int with) {
    var instance = with % CacheWorld.INSTANCES;
    var key = with / CacheWorld.INSTANCES % 4 == 0 ? "b" : "a";
    switch (kind) {
      case 0, 1, 2, 3, 4 -> world.get(instance, key);
      case 5, 6 -> world.change(instance, key);
      case 7, 8, 9 -> world.arrive(with);
      case 10 -> world.hearAnswer(with);
      case 11, 12 -> world.deliver(with);
      case 13 -> world.timePasses(with % 1_500);
      case 14 -> world.timePasses(with % 20);
      case 15 -> world.beat(instance);
      case 16 -> world.showRow(instance, key);
      case 17, 18 -> disturb(world, instance, key, with / 12);
      default -> world.step(with);
    }
  }

  private static void disturb(CacheWorld world, int instance, String key, int with) {
    var server = with % CacheWorld.SERVERS;
    switch (with / CacheWorld.SERVERS % 11) {
      case 0 -> world.flush(server);
      case 1 -> world.toggleServer(server);
      case 2 -> world.loseNextAnswer(instance);
      case 3 -> world.loseMessage(instance);
      case 4 -> world.loseCommand(instance);
      case 5 -> world.evict(server, key);
      case 6 -> world.crash(instance);
      case 7 -> world.failOver(instance);
      case 8 -> world.replicate(server);
      case 9 -> world.togglePause(instance);
      default -> world.setClock(server, with % 200 - 100);
    }
  }
}
