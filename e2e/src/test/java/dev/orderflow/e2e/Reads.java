package dev.orderflow.e2e;

import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** A customer who looks at a product all the time, and asks once each time. */
final class Reads {
  private static final Executor THREAD = Thread::startVirtualThread;

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> customer;
  private volatile int count;
  private volatile boolean closing;

  private Reads(ShopClient shop, Product product) {
    customer = CompletableFuture.runAsync(() -> read(shop, product), THREAD);
  }

  static Reads start(ShopClient shop, Product product) {
    return new Reads(shop, product);
  }

  private void read(ShopClient shop, Product product) {
    for (; !closing; count++) {
      var answer = shop.anybody().get("/products/" + product.productId());
      if (answer.status() != 200) {
        failures.add("read %d: %s".formatted(count, answer));
      }
    }
  }

  /** What went wrong. */
  List<String> close() {
    closing = true;
    customer.join();
    System.out.printf("%d reads, %d of them failed%n", count, failures.size());
    return List.copyOf(failures);
  }
}
