package dev.orderflow.e2e;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are away for a while, without closing a connection: the worst way of being away. */
@RunsOn(Setup.ONE_OF_EACH)
class OutageE2E {
  private static final Duration OUTAGE = Duration.ofSeconds(10);
  private static final List<String> USERS =
      List.of(ShopClient.ALICE, ShopClient.BOB, ShopClient.CAROL);
  private static final Executor THREADS = Thread::startVirtualThread;

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private Product product;

  OutageE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @BeforeAll
  void there_is_enough_for_everybody() {
    product = shop.newProduct(1_000);
    USERS.forEach(shop::as);
  }

  @ParameterizedTest(name = "10 s without {0}")
  @ValueSource(strings = {"postgres", "kafka redis"})
  void services_outlive_an_outage_and_answer_honestly_meanwhile(String names) {
    var before = platform.cluster();
    var pids = Stream.of(names.split(" ")).map(before.pids()::get).toList();
    var underWay = shop.placed(order(ShopClient.ALICE, OrderRequest.SLOW));
    Map<OrderRequest, Answer> answers;

    pids.forEach(Processes::freeze);
    // Not when the last orders are answered: by then the launcher may have replaced them.
    var thawed =
        CompletableFuture.runAsync(
            () -> pids.forEach(Processes::thaw),
            CompletableFuture.delayedExecutor(OUTAGE.toMillis(), TimeUnit.MILLISECONDS, THREADS));
    try {
      answers = orderDuringOutage();
    } finally {
      thawed.join();
    }

    var begin = System.nanoTime();
    assertThat(shop.awaitFinal(underWay).status()).isEqualTo("CONFIRMED");
    answers.forEach((request, answer) -> {
      var order = shop.awaitFinal(shop.placed(request));
      assertThat(order.status()).isEqualTo("CONFIRMED");
      if (answer.status() == 201) {
        assertThat(order.orderId()).isEqualTo(answer.order().orderId());
      }
    });
    System.out.printf(
        "10 s without %s: answers %s, all orders final %d ms after its return%n",
        names,
        answers.values().stream()
            .collect(Collectors.groupingBy(Answer::status, Collectors.counting())),
        Duration.ofNanos(System.nanoTime() - begin).toMillis());
    assertThat(answers.values()).allSatisfy(answer -> assertHonest(answer, 201));
    assertThat(platform.cluster().pids()).isEqualTo(before.pids());
  }

  /** Three customers order again and again until the time of the outage is over. */
  private Map<OrderRequest, Answer> orderDuringOutage() {
    var answers = new ConcurrentHashMap<OrderRequest, Answer>();
    var end = System.nanoTime() + OUTAGE.toNanos();
    await("the outage is over")
        .atMost(OUTAGE.multipliedBy(5))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          var round =
              USERS.stream()
                  .map(user -> CompletableFuture.runAsync(() -> place(user, answers), THREADS))
                  .toArray(CompletableFuture<?>[]::new);
          CompletableFuture.allOf(round).join();
          return System.nanoTime() > end;
        });
    return answers;
  }

  private void place(String user, Map<OrderRequest, Answer> answers) {
    var request = order(user, OrderRequest.VISA);
    var answer = shop.place(request);
    answers.put(request, answer);
    if (answer.status() == 201) {
      assertHonest(shop.as(user).get("/orders/" + answer.order().orderId()), 200);
    }
  }

  private OrderRequest order(String user, String paymentMethod) {
    return OrderRequest.of(user, product, 1, paymentMethod);
  }

  /** It was done, or it may not have been done and is to be tried again. */
  private static void assertHonest(Answer answer, int done) {
    assertThat(answer.status()).as("%s", answer).isIn(done, 503);
    if (answer.status() == 503) {
      assertThat(answer.code()).isEqualTo("UNAVAILABLE");
      assertThat(answer.header("Retry-After")).matches("\\d+");
    }
  }
}
