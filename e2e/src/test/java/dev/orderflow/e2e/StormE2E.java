package dev.orderflow.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A sale: 64 callers want one product, some press the button twice, its price changes all the time,
 * and one of two command sides is killed in the middle. Customers follow the price, and send a
 * request that was not answered again with its key.
 */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class StormE2E {
  private static final List<String> USERS =
      List.of(ShopClient.ALICE, ShopClient.BOB, ShopClient.CAROL);
  private static final int SCALE = Integer.getInteger("orderflow.test.scale", 1);
  private static final int PIECES = 125 * SCALE;
  private static final int INTENTS = 300 * SCALE;
  private static final int DUPLICATES = 75 * SCALE;
  private static final int CALLERS = 64;
  private static final int ATTEMPTS_PER_PRICE = 40;
  private static final int ATTEMPTS_UNTIL_THE_CRASH = 60 * SCALE;

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private final AtomicInteger attempts = new AtomicInteger();

  StormE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  private record Told(String key, Answer answer) {}

  @Test
  void a_crash_in_the_middle_of_a_storm_sells_nothing_twice_and_loses_nothing() throws Exception {
    var product = shop.newProduct(PIECES);

    var told = storm(product);

    var placed = told.stream().filter(one -> one.answer().status() < 300).toList();
    assertThat(told)
        .as("what customers are told in the end")
        .allMatch(one ->
            List.of(200, 201).contains(one.answer().status())
                || List.of("INSUFFICIENT_STOCK", "IDEMPOTENCY_KEY_REUSED")
                    .contains(one.answer().code()));
    placed.stream()
        .collect(groupingBy(Told::key, groupingBy(one -> one.answer().order().orderId(), toList())))
        .forEach((key, orders) -> assertThat(orders).as("orders of %s", key).hasSize(1));
    await("all is sold, and nothing more")
        .atMost(Duration.ofSeconds(60))
        .until(() -> shop.stock(product.productId()).sold() == PIECES);
    assertThat(placed.stream().map(one -> one.answer().order().orderId()).distinct())
        .hasSize(PIECES);
  }

  private List<Told> storm(Product product) throws InterruptedException, ExecutionException {
    var requests = new ArrayList<OrderRequest>();
    for (var i = 0; i < INTENTS; i++) {
      requests.add(OrderRequest.of(USERS.get(i % 3), product, 1, OrderRequest.VISA));
    }
    requests.addAll(requests.subList(0, DUPLICATES));
    Collections.shuffle(requests, new Random(42));
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      var calls = new ArrayList<Callable<Told>>();
      requests.forEach(request -> calls.add(() -> told(request)));
      var told = new ArrayList<Told>();
      for (var answer : callers.invokeAll(calls)) {
        told.add(answer.get());
      }
      return told;
    }
  }

  private Told told(OrderRequest request) {
    var attempt = attempts.incrementAndGet();
    if (attempt == ATTEMPTS_UNTIL_THE_CRASH) {
      Processes.kill(platform.cluster().pids().get("command-side-1"));
    } else if (attempt % ATTEMPTS_PER_PRICE == 0) {
      shop.as(ShopClient.STAFF)
          .put(
              "/products/" + request.items().getFirst().productId() + "/price",
              "{\"price\": " + (50_000 + attempt) + "}");
    }
    var now = request;
    while (true) {
      var answer = shop.answered(now);
      if (!answer.code().equals("PRICE_CHANGED")) {
        return new Told(request.version(), answer);
      }
      now = now.atChangedPrice(answer);
    }
  }
}
