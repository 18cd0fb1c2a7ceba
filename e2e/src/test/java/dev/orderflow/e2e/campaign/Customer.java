package dev.orderflow.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A good client: it sends what was not answered again with the same key, sometimes presses the
 * button twice, follows a changed price, takes another product where there are too few pieces,
 * sometimes cancels, and waits until its order is final.
 */
final class Customer {
  private static final List<String> METHODS =
      List.of(
          OrderRequest.VISA,
          OrderRequest.VISA,
          OrderRequest.SLOW,
          OrderRequest.LOST_ANSWER,
          OrderRequest.DECLINED);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ShopClient shop;
  private final String user;
  private final List<Product> products;
  private final Random random;

  Customer(ShopClient shop, String user, List<Product> products, long seed) {
    this.shop = shop;
    this.user = user;
    this.products = products;
    this.random = new Random(seed);
  }

  /**
   * When an order was acknowledged, and when the customer saw that it is final.
   *
   * @param paymentMethod how the provider was to behave
   */
  record Finished(String orderId, String paymentMethod, Instant placed, Instant ended) {}

  void buyWhile(BooleanSupplier isOpen, Consumer<Finished> finished) {
    while (isOpen.getAsBoolean()) {
      finished.accept(buy());
    }
  }

  private Finished buy() {
    var product = products.get(random.nextInt(products.size()));
    var method = METHODS.get(random.nextInt(METHODS.size()));
    var request = OrderRequest.of(user, product, 1 + random.nextInt(3), method);
    var order = random.nextInt(5) == 0 ? placedTwiceAtOnce(request) : placed(request);
    var placed = Instant.now();
    if (random.nextInt(10) == 0) {
      cancel(order);
    }
    var last =
        answered(
            () -> shop.as(user).get("/orders/" + order.orderId()),
            answer -> answer.status() != 200 || answer.order().isFinal());
    assertThat(last.status()).as("an order that was acknowledged: %s", last).isEqualTo(200);
    return new Finished(order.orderId(), method, placed, Instant.now());
  }

  private Order placedTwiceAtOnce(OrderRequest request) {
    var other =
        CompletableFuture.supplyAsync(() -> shop.place(request), Thread::startVirtualThread);
    shop.place(request);
    var second = other.join();
    var order = placed(request);
    if (second.status() == 201) {
      assertThat(second.order().orderId()).as("double click").isEqualTo(order.orderId());
    }
    return order;
  }

  private Order placed(OrderRequest request) {
    var sent = new AtomicReference<>(request);
    while (true) {
      var answer = answered(() -> shop.place(sent.get()));
      switch (answer.code()) {
        case "PRICE_CHANGED" -> sent.set(request.atChangedPrice(answer));
        // An earlier request that was not answered has placed the order after all.
        case "IDEMPOTENCY_KEY_REUSED" -> sent.set(request);
        case "INSUFFICIENT_STOCK" -> {
          return placed(OrderRequest.of(user, products.getFirst(), 1, request.paymentMethod()));
        }
        default -> {
          assertThat(answer.status()).as("%s", answer).isIn(200, 201);
          return answer.order();
        }
      }
    }
  }

  private void cancel(Order order) {
    var answer = answered(() -> shop.as(user).post("/orders/" + order.orderId() + "/cancel", ""));
    assertThat(answer)
        .as("%s", answer)
        .matches(one -> one.status() == 202 || one.code().equals("ORDER_NOT_CANCELLABLE"));
  }

  private static Answer answered(Supplier<Answer> request) {
    return answered(request, _ -> true);
  }

  /** Sends a request again until it is answered, and the answer is enough. */
  private static Answer answered(Supplier<Answer> request, Predicate<Answer> isEnough) {
    var end = Instant.now().plus(PATIENCE);
    while (true) {
      var answer = request.get();
      if (!answer.isTemporary() && isEnough.test(answer)) {
        return answer;
      }
      assertThat(Instant.now()).as("still waiting after %s: %s", PATIENCE, answer).isBefore(end);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
