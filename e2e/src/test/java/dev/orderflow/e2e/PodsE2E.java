package dev.orderflow.e2e;

import static dev.orderflow.e2e.platform.ContainerPlatform.Transport.GRPC;
import static dev.orderflow.e2e.platform.ContainerPlatform.Transport.HTTP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.orderflow.e2e.platform.ContainerPlatform.Transport;
import dev.orderflow.e2e.pods.PodPlatform;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pods of the overlay {@code try}: they start, share the work, and replace each other. */
@Tag("containers")
class PodsE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Longer than a busy machine takes to start a service. */
  private static final Duration STARTED = Duration.ofMinutes(3);

  private static final int ENDED_ON_SIGTERM = 128 + 15;

  /** So long the gateway waits for one instance. */
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  private PodPlatform platform;
  private ShopClient shop;
  private Product product;

  @BeforeAll
  @Timeout(value = 12, unit = TimeUnit.MINUTES)
  void every_pod_becomes_ready() {
    var fresh = PodPlatform.fresh();
    if (fresh.isEmpty()) {
      System.out.println("PodsE2E is skipped: neither kustomize 5 nor a kubectl with it is here");
    }
    assumeTrue(fresh.isPresent(), "kustomize 5");
    platform = fresh.get();
    platform.start();
    shop = platform.shop();
    await("a product is made, by services that are cold")
        .atMost(STARTED)
        .untilAsserted(() -> product = shop.newProduct(100_000));
  }

  @AfterAll
  void the_event_store_keeps_its_rules_all_the_while() {
    if (platform == null) {
      return;
    }
    try (var ending = platform) {
      System.out.println(ending.audit());
    }
  }

  @BeforeEach
  void all_are_ready() {
    platform.awaitReady();
  }

  @Test
  void an_order_is_confirmed() {
    assertThat(ordered().status()).isEqualTo("CONFIRMED");
  }

  @Test
  void each_of_two_pods_serves_its_share() {
    awaitShares(0.25, "query-side", HTTP, 100, this::read);
    awaitShares(0.25, "command-side", GRPC, 20, this::ordered);
    awaitShares(0.25, "query-side", GRPC, 40, this::quoted);
  }

  @ParameterizedTest(name = "kill -9 of a {0}")
  @ValueSource(strings = {"command-side", "query-side", "saga"})
  void a_pod_that_dies_starts_again_and_the_other_serves_meanwhile(String service) {
    var pod = platform.pods(service).getFirst();
    var lives = platform.lives(pod);
    var traffic = Traffic.start(shop, product);

    platform.kill(pod);
    var begin = System.nanoTime();
    var order = ordered();
    var healedAfter = Duration.ofNanos(System.nanoTime() - begin);

    await("it is ready again")
        .atMost(STARTED)
        .until(() -> platform.lives(pod) > lives && platform.isReady(pod));
    var others = traffic.close();
    System.out.printf(
        "kill -9 of %s: an order went through after %d ms, beside %d others%n",
        pod, healedAfter.toMillis(), others.size());
    assertThat(order.status()).isEqualTo("CONFIRMED");
    assertThat(healedAfter).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_pod_that_is_not_ready_gets_no_calls_until_it_is() {
    var pod = platform.pods("query-side").getFirst();
    var lives = platform.lives(pod);

    platform.pause(pod);
    await("it is not ready").atMost(SOON).until(() -> !platform.isReady(pod));
    await("no read waits for it").atMost(SOON).until(this::nothingWaits);
    assertThat(platform.lives(pod)).as("not because it was started again").isEqualTo(lives);

    platform.unpause(pod);
    awaitShares(0.1, "query-side", HTTP, 10, this::read);
  }

  @ParameterizedTest(name = "a {0}")
  @ValueSource(strings = {"command-side", "query-side"})
  void a_pod_that_is_deleted_drains_and_the_one_in_its_place_is_found(String service) {
    var traffic = Traffic.start(shop, product);
    var before = platform.pods(service);
    var reads = Reads.start(shop, product);

    var exitCode = platform.delete(before.getFirst()).join();

    assertThat(exitCode).as("ended by itself after SIGTERM").isEqualTo(ENDED_ON_SIGTERM);
    platform.awaitReady();
    var added = platform.pods(service).getLast();
    assertThat(before).doesNotContain(added);
    if (service.equals("command-side")) {
      awaitShares(0.1, service, HTTP, 10, this::readStock);
      awaitShares(0.1, service, GRPC, 10, this::ordered);
    } else {
      awaitShares(0.1, service, HTTP, 10, this::read);
      awaitShares(0.1, service, GRPC, 10, this::quoted);
    }
    assertThat(reads.close()).isEmpty();
    traffic.close();
  }

  /** Callers need a moment to find a new pod. */
  private void awaitShares(
      double least, String service, Transport transport, int times, Runnable call) {
    await("each %s gets its share of %s".formatted(service, transport))
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(shares(service, transport, times, call).values())
                .allSatisfy(share -> assertThat(share).isGreaterThanOrEqualTo(least)));
  }

  /** Of the calls that are made now, the share of each pod. */
  private Map<String, Double> shares(
      String service, Transport transport, int times, Runnable call) {
    var before = calls(service, transport);
    for (var i = 0; i < times; i++) {
      await("a call").atMost(SOON).pollDelay(Duration.ZERO).untilAsserted(call::run);
    }
    var made = calls(service, transport);
    made.replaceAll((pod, calls) -> calls - before.get(pod));
    var all = made.values().stream().mapToLong(Long::longValue).sum();
    var shares = new TreeMap<String, Double>();
    made.forEach((pod, calls) -> shares.put(pod, (double) calls / all));
    System.out.printf("%s of %d calls: %s%n", transport, all, shares);
    return shares;
  }

  private Map<String, Long> calls(String service, Transport transport) {
    var calls = new TreeMap<String, Long>();
    platform.pods(service).forEach(pod -> calls.put(pod, platform.calls(pod, transport)));
    return calls;
  }

  private Order ordered() {
    var request = OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA);
    return shop.awaitFinal(shop.placed(request));
  }

  private void read() {
    assertThat(reading().status()).isEqualTo(200);
  }

  private Answer reading() {
    return shop.anybody().get("/products/" + product.productId());
  }

  private void readStock() {
    shop.stock(product.productId());
  }

  private boolean nothingWaits() {
    var begin = System.nanoTime();
    var all = IntStream.range(0, 20).allMatch(_ -> reading().status() == 200);
    return all && Duration.ofNanos(System.nanoTime() - begin).compareTo(RESPONSE_TIMEOUT) < 0;
  }

  /** The command side asks about the price of a product of which nothing was ordered. */
  private void quoted() {
    var id = "PROD-" + UUID.randomUUID();
    var price = BigDecimal.valueOf(50_000);
    var unsold = new Product(id, "Phin", "Drips", price, "VND", 1, true, 0);
    var created =
        shop.as(ShopClient.STAFF)
            .post(
                "/products",
                Map.of(
                    "productId",
                    id,
                    "name",
                    unsold.name(),
                    "description",
                    unsold.description(),
                    "price",
                    price,
                    "currency",
                    "VND"));
    assertThat(created.status()).as("%s", created).isEqualTo(201);
    var refused = shop.place(OrderRequest.of(ShopClient.BOB, unsold, 1, OrderRequest.VISA));
    assertThat(refused.code()).as("%s", refused).isEqualTo("INSUFFICIENT_STOCK");
  }
}
