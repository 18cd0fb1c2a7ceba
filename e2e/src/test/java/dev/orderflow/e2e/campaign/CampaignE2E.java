package dev.orderflow.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.campaign.Customer.Finished;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Customers order and staff work while processes of every kind are killed and frozen at random. No
 * rule is broken, and every acknowledged order ends; how long that took, and what was out of reach
 * meanwhile, is a report and no assertion. The same seed makes the same faults and customers; what
 * meets what is left to chance.
 */
@Tag("campaign")
@Timeout(value = 1, unit = TimeUnit.HOURS)
@RunsOn(Setup.TWO_OF_EACH)
class CampaignE2E {
  private static final long SEED = Long.getLong("orderflow.test.seed", System.nanoTime());
  private static final Duration LENGTH =
      Duration.parse(System.getProperty("orderflow.test.campaign", "PT5M"));
  private static final List<String> USERS =
      List.of(ShopClient.ALICE, ShopClient.BOB, ShopClient.CAROL);
  private static final int CUSTOMERS = 12;
  private static final int PRODUCTS = 4;
  private static final int PIECES = 1_000_000;

  /** Of one product there are too few for all, so that a piece could be sold twice. */
  private static final int FEW_PIECES = 20;

  private static final int LONGEST_PAUSE_MILLIS = 15_000;
  private static final Executor EACH_IN_A_THREAD = Thread::startVirtualThread;

  private final LocalPlatform platform;
  private final ShopClient shop;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final ConcurrentLinkedQueue<Finished> finished = new ConcurrentLinkedQueue<>();

  CampaignE2E(PlatformUnderTest platform) {
    this.platform = (LocalPlatform) platform;
    this.shop = platform.shop();
  }

  @Test
  void no_rule_is_broken_while_processes_are_killed_and_frozen() throws InterruptedException {
    System.out.printf("campaign of %s, -Dorderflow.test.seed=%d%n", LENGTH, SEED);
    Stream.concat(USERS.stream(), Stream.of(ShopClient.STAFF)).forEach(shop::as);
    var products =
        IntStream.range(0, PRODUCTS)
            .mapToObj(i -> shop.newProduct(i == PRODUCTS - 1 ? FEW_PIECES : PIECES))
            .toList();
    var probed = shop.newProduct(PIECES);
    var report = new CampaignReport();
    report.look(platform);

    var customers = IntStream.range(0, CUSTOMERS).mapToObj(i -> customer(i, products)).toList();
    var staff = CompletableFuture.runAsync(() -> staff(products), EACH_IN_A_THREAD);
    try (var reads =
            Probe.start("read", () -> shop.anybody().get("/products/" + probed.productId()));
        var orders =
            Probe.start(
                "order",
                () ->
                    shop.place(OrderRequest.of(ShopClient.CAROL, probed, 1, OrderRequest.VISA)))) {
      strikeUntil(Instant.now().plus(LENGTH), report);
      open.set(false);
      CompletableFuture.allOf(customers.toArray(CompletableFuture<?>[]::new)).join();
      staff.join();
      report.look(platform);
      report.print(finished, List.of(reads, orders), platform.data().resolve("logs"));
    }

    assertThat(finished.stream().map(Finished::orderId))
        .as("seed %d", SEED)
        .doesNotHaveDuplicates();
    assertThat(finished).as("seed %d", SEED).hasSizeGreaterThan(CUSTOMERS);
  }

  private CompletableFuture<Void> customer(int i, List<Product> products) {
    var customer = new Customer(shop, USERS.get(i % USERS.size()), products, SEED + i);
    return CompletableFuture.runAsync(
        () -> customer.buyWhile(open::get, finished::add), EACH_IN_A_THREAD);
  }

  private void strikeUntil(Instant end, CampaignReport report) throws InterruptedException {
    var random = new Random(SEED);
    while (Instant.now().isBefore(end)) {
      Thread.sleep(1_000 + random.nextInt(LONGEST_PAUSE_MILLIS));
      var cluster = platform.cluster();
      var fault = Fault.next(random, cluster);
      var at = Instant.now();
      fault.strike(cluster);
      report.struck(fault, at);
      report.look(platform);
    }
  }

  /** Prices change and stock comes in; what is not answered is let be. */
  private void staff(List<Product> products) {
    var random = new Random(-SEED);
    while (open.get()) {
      var productId = products.get(random.nextInt(PRODUCTS)).productId();
      if (random.nextBoolean()) {
        shop.as(ShopClient.STAFF)
            .put(
                "/products/" + productId + "/price",
                Map.of("price", 50_000 + random.nextInt(9_000)));
      } else {
        shop.as(ShopClient.STAFF)
            .post("/inventory/" + productId + "/receipts", Map.of("quantity", 1));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
