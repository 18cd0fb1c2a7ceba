package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.Cluster;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kill -9} of processes while customers order. */
final class Crash {
  private static final Duration STARTED_AGAIN_WITHIN = Duration.ofSeconds(30);
  private static final Duration READY_AGAIN_WITHIN = Duration.ofSeconds(90);
  private static final String READINESS = "/actuator/health/readiness";

  private final PlatformUnderTest platform;
  private final List<String> names;
  private final Cluster before;

  private Crash(PlatformUnderTest platform, List<String> names) {
    this.platform = platform;
    this.names = names;
    this.before = platform.cluster();
  }

  /**
   * Kills the processes at once; each comes back where it was, no other process is touched, and all
   * orders are finished.
   *
   * @param names as {@link Cluster#pids} has them, with spaces between them
   * @return how long it took from the kill until an order that was placed after it was confirmed
   */
  static Duration of(String names, PlatformUnderTest platform, Product product) {
    return new Crash(platform, List.of(names.split(" "))).happens(product);
  }

  private Duration happens(Product product) {
    var shop = platform.shop();
    var traffic = Traffic.start(shop, product);

    var begin = System.nanoTime();
    names.forEach(name -> Processes.kill(before.pids().get(name)));
    var probe = OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA);
    var order = shop.awaitFinal(shop.placed(probe));
    var healedAfter = Duration.ofNanos(System.nanoTime() - begin);
    names.forEach(this::awaitAnotherProcess);
    var others = traffic.close();
    names.forEach(this::awaitReady);

    System.out.printf(
        "kill -9 of %s: an order went through after %d ms, beside %d others%n",
        names, healedAfter.toMillis(), others.size());
    assertThat(order.status()).isEqualTo("CONFIRMED");
    assertThat(platform.cluster().addresses()).isEqualTo(before.addresses());
    assertThat(others(platform.cluster())).isEqualTo(others(before));
    return healedAfter;
  }

  private void awaitAnotherProcess(String name) {
    await(name + " is started again")
        .atMost(STARTED_AGAIN_WITHIN)
        .until(() -> !platform.cluster().pids().get(name).equals(before.pids().get(name)));
  }

  /** So that the next crash does not find two processes dead. */
  private void awaitReady(String name) {
    var address = before.http().get(name);
    if (address != null) {
      await(name + " is ready again")
          .atMost(READY_AGAIN_WITHIN)
          .until(() -> new ShopClient(address).anybody().get(READINESS).status() == 200);
    }
  }

  private Map<String, Long> others(Cluster cluster) {
    var others = new TreeMap<>(cluster.pids());
    names.forEach(others::remove);
    return others;
  }
}
