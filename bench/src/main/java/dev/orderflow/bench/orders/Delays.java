package dev.orderflow.bench.orders;

import dev.orderflow.bench.measurement.Figures;
import java.time.Duration;
import java.util.ArrayList;

/** How long orders take from placed to confirmed, when not all that is possible is asked for. */
final class Delays {
  private static final int ALONE = 60;
  private static final Duration GAP = Duration.ofMillis(50);
  private static final Duration HALF_LOADED = Duration.ofSeconds(20);

  private final OrderRequests shop;
  private final OrderOutcomes history;

  Delays(OrderRequests shop, OrderOutcomes history) {
    this.shop = shop;
    this.history = history;
  }

  /**
   * What came out, in milliseconds.
   *
   * @param confirmed from placed to confirmed, by the event store
   * @param answered from the request to the answer, as the customer sees it
   */
  record Delay(Figures confirmed, Figures answered) {}

  /** One order at a time, with a pause after each. */
  Delay idle() throws Exception {
    var customer = new Customers(shop.gateway(), 1);
    var newest = history.newest();
    var answered = new ArrayList<Double>();
    for (var i = 0; i < ALONE; i++) {
      var product = i;
      var before = history.newest();
      answered.addAll(customer.insistOn(1, _ -> shop.order(product, 1)).millis());
      history.drained(before, 1);
      Thread.sleep(GAP);
    }
    return new Delay(new Figures(history.millisToConfirmed(newest)), new Figures(answered));
  }

  /** Orders that come in even steps, so many per second. */
  Delay at(double perSecond, int customers) throws Exception {
    var newest = history.newest();
    var outcome =
        new Customers(shop.gateway(), customers)
            .arriveFor(HALF_LOADED, perSecond, number -> shop.order(number, 1));
    history.drained(newest, outcome.answered());
    return new Delay(new Figures(history.millisToConfirmed(newest)), outcome.waits());
  }
}
