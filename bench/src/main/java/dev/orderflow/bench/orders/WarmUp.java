package dev.orderflow.bench.orders;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Orders in blocks, until a block is no quicker than those before it. */
final class WarmUp {
  private static final int BLOCK = 4_000;
  private static final int ALIKE = 4;
  private static final double WITHIN = 0.10;
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private final Customers customers;
  private final OrderRequests shop;
  private final OrderOutcomes history;

  WarmUp(Customers customers, OrderRequests shop, OrderOutcomes history) {
    this.customers = customers;
    this.shop = shop;
    this.history = history;
  }

  /**
   * How it went.
   *
   * @param rates orders carried per second in each block
   */
  record Curve(List<Double> rates) {
    /** Whether the last blocks are alike, within a tenth. */
    boolean isFlat() {
      if (rates.size() < ALIKE) {
        return false;
      }
      var last = rates.subList(rates.size() - ALIKE, rates.size());
      var slowest = last.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      var quickest = last.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      return slowest >= quickest * (1 - WITHIN);
    }

    @Override
    public String toString() {
      return "%s after %,d orders; per second in blocks of %,d: %s"
          .formatted(
              isFlat() ? "flat" : "not flat",
              rates.size() * BLOCK,
              BLOCK,
              rates.stream()
                  .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
                  .collect(Collectors.joining(", ")));
    }
  }

  /** Goes on until the curve is flat, or until it takes too long. */
  Curve run() throws Exception {
    var end = System.nanoTime() + AT_MOST.toNanos();
    var curve = new Curve(List.of());
    while (!curve.isFlat() && System.nanoTime() < end) {
      var newest = history.newest();
      customers.insistOn(BLOCK, number -> shop.order(number, 1));
      var rates = new ArrayList<>(curve.rates());
      rates.add(history.drained(newest, BLOCK).perSecond());
      curve = new Curve(rates);
    }
    return curve;
  }
}
