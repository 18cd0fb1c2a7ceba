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
    var simulation = new CacheSimulation();
    for (var choice : choices) {
      move(simulation, choice % 32, choice / 32);
      simulation.checkServers();
      assertThat(simulation.wrong()).isEmpty();
    }
    simulation.expire();
    simulation.checkServers();
    assertThat(simulation.wrong()).isEmpty();
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
  private static void move(CacheSimulation simulation, int kind, int with) {
    var instance = with % CacheSimulation.INSTANCES;
    var key = with / CacheSimulation.INSTANCES % 4 == 0 ? "b" : "a";
    switch (kind) {
      case 0, 1, 2, 3, 4 -> simulation.get(instance, key);
      case 5, 6 -> simulation.change(instance, key);
      case 7, 8, 9 -> simulation.arrive(with);
      case 10, 19 -> simulation.hearAnswer(with);
      case 11, 12 -> simulation.deliver(with);
      case 13 -> simulation.timePasses(with % 1_500);
      case 14 -> simulation.timePasses(with % 20);
      case 15 -> simulation.beat(instance);
      case 16 -> simulation.showRow(instance, key);
      case 17, 18 -> disturb(simulation, instance, key, with / 12);
      case 20 -> simulation.hearTheTime(instance);
      default -> simulation.step(with);
    }
  }

  private static void disturb(CacheSimulation simulation, int instance, String key, int with) {
    var server = with % CacheSimulation.SERVERS;
    switch (with / CacheSimulation.SERVERS % 11) {
      case 0 -> simulation.flush(server);
      case 1 -> simulation.toggleServer(server);
      case 2 -> simulation.loseNextAnswer(instance);
      case 3 -> simulation.loseMessage(instance);
      case 4 -> simulation.loseCommand(instance);
      case 5 -> simulation.evict(server, key);
      case 6 -> simulation.crash(instance);
      case 7 -> simulation.failOver(instance);
      case 8 -> simulation.replicate(server);
      case 9 -> simulation.togglePause(instance);
      default -> simulation.setClock(server, with % 200 - 100);
    }
  }
}
