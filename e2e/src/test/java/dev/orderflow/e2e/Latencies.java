package dev.orderflow.e2e;

import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long orders took from the 201 to {@code CONFIRMED}, as a customer sees it who asks again and
 * again.
 *
 * @param sorted the shortest first
 */
record Latencies(List<Duration> sorted) {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration ASK_EVERY = Duration.ofMillis(4);

  /** Places orders one after another, each when the one before is confirmed. */
  static Latencies of(ShopClient shop, Product product, int orders) {
    return of(shop, product, orders, () -> {});
  }

  /** The same, with something that is done before each order. */
  static Latencies of(ShopClient shop, Product product, int orders, Runnable before) {
    return new Latencies(
        Stream.generate(
                () -> {
                  before.run();
                  return untilConfirmed(shop, product);
                })
            .limit(orders)
            .sorted()
            .toList());
  }

  private static Duration untilConfirmed(ShopClient shop, Product product) {
    var request = OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA);
    var orderId = shop.placed(request).orderId();
    var begin = System.nanoTime();
    await("the order is confirmed: " + orderId)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(ASK_EVERY)
        .until(() -> shop.order(ShopClient.ALICE, orderId).status().equals("CONFIRMED"));
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  Duration median() {
    return sorted.get(sorted.size() / 2);
  }

  @Override
  public String toString() {
    return "%d orders, 201 to CONFIRMED: median %d ms, slowest %d ms"
        .formatted(sorted.size(), median().toMillis(), sorted.getLast().toMillis());
  }
}
