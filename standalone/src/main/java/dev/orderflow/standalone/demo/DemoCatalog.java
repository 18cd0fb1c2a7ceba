package dev.orderflow.standalone.demo;

import dev.orderflow.standalone.client.GatewayClient;
import dev.orderflow.standalone.process.Poll;
import dev.orderflow.standalone.process.StartFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/**
 * Brings products and stock in through the front door, as a shop's staff would. It may be
 * interrupted and repeated: a product that exists is left alone, and stock is received only where
 * there has never been any.
 */
public final class DemoCatalog {
  private static final int AT_ONCE = 8;
  private static final Duration RETRY = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int NOT_FOUND = 404;

  private final GatewayClient gateway;
  private final Poll poll;
  private final Semaphore slots = new Semaphore(AT_ONCE);

  /** A loader; {@link #load} does the work. */
  public DemoCatalog(GatewayClient gateway, Poll poll) {
    this.gateway = gateway;
    this.poll = poll;
  }

  /**
   * Completes when all products are there with their stock; fails when the platform refuses one.
   */
  public CompletableFuture<Void> load(List<DemoProduct> products, String staffToken) {
    return CompletableFuture.allOf(
        products.stream()
            .map(product -> poll.until(RETRY, LIMIT, () -> isThere(product, staffToken)))
            .toArray(CompletableFuture<?>[]::new));
  }

  private boolean isThere(DemoProduct product, String token)
      throws IOException, InterruptedException {
    slots.acquire();
    try {
      return isOffered(product, token) && isInStock(product, token);
    } finally {
      slots.release();
    }
  }

  private boolean isOffered(DemoProduct product, String token)
      throws IOException, InterruptedException {
    var answer =
        gateway.post(
            "/products",
            token,
            Map.of(
                "productId", product.productId(),
                "name", product.name(),
                "description", product.description(),
                "price", product.price(),
                "currency", DemoProduct.CURRENCY));
    return answer.code().equals("PRODUCT_ALREADY_EXISTS") || succeeded(answer, product);
  }

  private boolean isInStock(DemoProduct product, String token)
      throws IOException, InterruptedException {
    var path = "/inventory/" + product.productId();
    var levels = gateway.get(path, token);
    if (levels.status() != NOT_FOUND) {
      if (!succeeded(levels, product)) {
        return false;
      }
      if (received(levels.body()) > 0) {
        return true;
      }
    }
    var receipt = gateway.post(path + "/receipts", token, Map.of("quantity", product.stock()));
    return succeeded(receipt, product);
  }

  private static long received(JsonNode levels) {
    return levels.path("available").asLong(0)
        + levels.path("reserved").asLong(0)
        + levels.path("sold").asLong(0);
  }

  private static boolean succeeded(GatewayClient.Answer answer, DemoProduct product) {
    if (answer.isSuccess() || answer.isTemporary()) {
      return answer.isSuccess();
    }
    throw new StartFailedException(
        ("The demo catalog could not be loaded: %s was refused with %d %s."
                + " Start with --no-demo-data to go without.")
            .formatted(product.productId(), answer.status(), answer.body()));
  }
}
