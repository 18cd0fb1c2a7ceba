package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Customers who order all the time, each the next thing when the last order is final, and who send
 * a request again until it is answered.
 */
final class Traffic {
  private static final List<String> CUSTOMERS =
      List.of(
          ShopClient.ALICE,
          ShopClient.ALICE,
          ShopClient.BOB,
          ShopClient.BOB,
          ShopClient.CAROL,
          ShopClient.CAROL);
  private static final List<String> METHODS =
      List.of(OrderRequest.VISA, OrderRequest.DECLINED, OrderRequest.SLOW);
  private static final Executor EACH_IN_A_THREAD = Thread::startVirtualThread;

  private final ShopClient shop;
  private final Product product;
  private final Queue<Order> finished = new ConcurrentLinkedQueue<>();
  private final Map<String, String> orderIds = new ConcurrentHashMap<>();
  private final List<CompletableFuture<Void>> customers;
  private volatile boolean closing;

  private Traffic(ShopClient shop, Product product) {
    this.shop = shop;
    this.product = product;
    this.customers =
        CUSTOMERS.stream()
            .map(user -> CompletableFuture.runAsync(() -> buy(user), EACH_IN_A_THREAD))
            .toList();
  }

  /** Returns when some orders have gone through and more are under way. */
  static Traffic start(ShopClient shop, Product product) {
    var traffic = new Traffic(shop, product);
    await("orders go through")
        .atMost(Duration.ofSeconds(30))
        .failFast(
            "a customer gave up",
            () -> traffic.customers.stream().anyMatch(CompletableFuture::isCompletedExceptionally))
        .until(() -> traffic.finished.size() >= 2 * CUSTOMERS.size());
    return traffic;
  }

  private void buy(String user) {
    for (var i = 0; !closing; i++) {
      var request = OrderRequest.of(user, product, 1, METHODS.get(i % METHODS.size()));
      var placed = shop.placed(request);
      orderIds.put(request.version(), placed.orderId());
      finished.add(shop.awaitFinal(placed));
    }
  }

  /** Waits for the last orders and answers all; fails when a customer got a wrong answer. */
  List<Order> close() {
    closing = true;
    CompletableFuture.allOf(customers.toArray(CompletableFuture<?>[]::new)).join();
    assertThat(finished)
        .allSatisfy(order -> assertThat(order.orderId()).isEqualTo(orderIds.get(order.version())));
    return List.copyOf(finished);
  }
}
