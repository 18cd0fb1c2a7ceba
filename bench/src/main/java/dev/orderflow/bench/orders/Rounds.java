package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Orders placed as fast as they are answered, for some seconds, and carried to their end. */
final class Rounds {
  private final Customers customers;
  private final OrderRequests shop;
  private final OrderOutcomes history;
  private final Instruments instruments;

  Rounds(Customers customers, OrderRequests shop, OrderOutcomes history, Instruments instruments) {
    this.customers = customers;
    this.shop = shop;
    this.history = history;
    this.instruments = instruments;
  }

  /**
   * What several rounds came to.
   *
   * @param each what became of the orders of each
   * @param answers what the customers were answered in each
   * @param used what all of it used, being there and coming to rest again included
   */
  record Carried(List<OrderOutcomes.Orders> each, List<Customers.Outcome> answers, Usage used) {
    Figures perSecond() {
      return new Figures(each.stream().map(OrderOutcomes.Orders::perSecond).toList());
    }

    /** What an order used, without what is used anyway. */
    Usage perOrder(Usage idlePerSecond) {
      var orders = each.stream().mapToLong(OrderOutcomes.Orders::placed).sum();
      return used.without(idlePerSecond).per((double) orders);
    }

    long cancelled() {
      return each.stream().mapToLong(OrderOutcomes.Orders::cancelled).sum();
    }
  }

  /**
   * Some rounds, from a quiet platform to a quiet platform.
   *
   * @param lines of each order
   */
  Carried carry(int rounds, Duration time, int lines) throws Exception {
    var before = instruments.now();
    var each = new ArrayList<OrderOutcomes.Orders>();
    var answers = new ArrayList<Customers.Outcome>();
    for (var i = 0; i < rounds; i++) {
      var newest = history.newest();
      var outcome = customers.insistFor(time, number -> shop.order(number, lines));
      each.add(history.drained(newest, outcome.answered()));
      answers.add(outcome);
    }
    return new Carried(each, answers, instruments.whenQuiet().since(before));
  }
}
