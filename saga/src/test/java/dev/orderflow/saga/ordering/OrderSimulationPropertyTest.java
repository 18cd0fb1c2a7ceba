package dev.orderflow.saga.ordering;

import dev.orderflow.saga.simulation.Chance;
import dev.orderflow.saga.simulation.Coverage;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/**
 * Many orders and everything that can go wrong, in any order of steps: money and stock are
 * conserved at every one of them, and in the end every order is confirmed and paid, or cancelled
 * and costs nothing.
 */
class OrderSimulationPropertyTest {
  @StatisticsReport(StatisticsReportMode.OFF)
  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatever_happens_every_order_ends_paid_or_undone(@ForAll("choices") List<Integer> choices) {
    var chance = new Chance(choices);
    var world = new OrderSimulation(chance, false);

    while (chance.isOpen()) {
      world.step();
    }

    world.checkThatAllIsWellInTheEnd();
    world.checkThatRecordsThatComeAgainMuchLaterChangeNothing();
    for (var what : Coverage.values()) {
      Statistics.label(what.name())
          .collect(chance.seen().contains(what))
          .coverage(coverage -> coverage.check(true).count(times -> times > 0));
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatever_strangers_write_every_order_ends_paid_or_undone(
      @ForAll("choices") List<Integer> choices) {
    var chance = new Chance(choices);
    var world = new OrderSimulation(chance, true);

    while (chance.isOpen()) {
      world.step();
    }

    world.checkThatAllIsWellInTheEnd();
    world.checkThatRecordsThatComeAgainMuchLaterChangeNothing();
  }

  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers()
        .between(0, 1 << 16)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMinSize(200)
        .ofMaxSize(1_200)
        .withSizeDistribution(RandomDistribution.uniform());
  }
}
