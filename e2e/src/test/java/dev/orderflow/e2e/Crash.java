package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.Cluster;
import dev.orderflow.e2e.platform.Platform;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.Shop;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** {@code kill -9} of a process while customers order. */
final class Crash {
  private static final Duration STARTED_AGAIN_WITHIN = Duration.ofSeconds(30);
  private static final Duration READY_AGAIN_WITHIN = Duration.ofSeconds(90);
  private static final String READINESS = "/actuator/health/readiness";

  private final Platform platform;
  private final String name;
  private final Cluster before;

  private Crash(Platform platform, String name) {
    this.platform = platform;
    this.name = name;
    this.before = platform.cluster();
  }

  /**
   * Kills the process; it comes back where it was, nobody else is touched, and all orders are
   * finished.
   *
   * @param name as {@link Cluster#pids} has it
   * @return how long it took from the kill until an order that was placed after it was confirmed
   */
  static Duration of(String name, Platform platform, Product product) {
    return new Crash(platform, name).happens(product);
  }

  private Duration happens(Product product) {
    var shop = platform.shop();
    var traffic = Traffic.start(shop, product);

    var begin = System.nanoTime();
    Processes.kill(before.pids().get(name));
    var probe = OrderRequest.of(Shop.ALICE, product, 1, OrderRequest.VISA);
    var order = shop.awaitFinal(shop.placedPersistently(probe));
    var healedAfter = Duration.ofNanos(System.nanoTime() - begin);
    awaitAnotherProcess();
    var others = traffic.close();
    awaitReady();

    System.out.printf(
        "kill -9 of %s: an order went through after %d ms, beside %d others%n",
        name, healedAfter.toMillis(), others.size());
    assertThat(order.status()).isEqualTo("CONFIRMED");
    assertThat(platform.cluster().addresses()).isEqualTo(before.addresses());
    assertThat(othersThan(name, platform.cluster())).isEqualTo(othersThan(name, before));
    return healedAfter;
  }

  private void awaitAnotherProcess() {
    await(name + " is started again")
        .atMost(STARTED_AGAIN_WITHIN)
        .until(() -> !platform.cluster().pids().get(name).equals(before.pids().get(name)));
  }

  /** So that the next crash does not find two processes dead. */
  private void awaitReady() {
    var address = before.http().get(name);
    if (address != null) {
      await(name + " is ready again")
          .atMost(READY_AGAIN_WITHIN)
          .until(() -> new Shop(address).anybody().get(READINESS).status() == 200);
    }
  }

  private static Map<String, Long> othersThan(String name, Cluster cluster) {
    var others = new TreeMap<>(cluster.pids());
    others.remove(name);
    return others;
  }
}
