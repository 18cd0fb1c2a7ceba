package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.Cluster;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.HttpCaller;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ProjectionClient;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The views are built anew while customers order and everybody reads. */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class RebuildE2E {
  private static final String KILLED = "query-side-1";
  private static final Duration STARTED_AGAIN_WITHIN = Duration.ofMinutes(3);
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);
  private static final Executor EACH_IN_A_THREAD = Thread::startVirtualThread;

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private final ProjectionClient projections;

  RebuildE2E(PlatformUnderTest platform) {
    this.platform = platform;
    shop = platform.shop();
    projections = new ProjectionClient(shop);
  }

  @Test
  void readers_miss_nothing_and_never_go_back_also_when_an_instance_dies_in_the_middle() {
    var products = List.of(shop.newProduct(100_000), shop.newProduct(1), shop.newProduct(2));
    var order =
        shop.placed(OrderRequest.of(ShopClient.ALICE, products.getFirst(), 1, OrderRequest.VISA));
    shop.awaitFinal(order);
    var readers = readers(products, order.orderId());
    var traffic = Traffic.start(shop, products.getFirst());

    var before = projections.generations();
    projections.rebuild();
    var killed = platform.cluster().pids().get(KILLED);
    Processes.kill(killed);
    projections.awaitRebuilt(before);
    await(KILLED + " is started again")
        .atMost(STARTED_AGAIN_WITHIN)
        .until(() -> !platform.cluster().pids().get(KILLED).equals(killed));
    // Nor are others to find it away.
    var restarted = new ShopClient(platform.cluster().http().get(KILLED));
    await(KILLED + " is ready again")
        .atMost(STARTED_AGAIN_WITHIN)
        .until(() -> restarted.anybody().get("/actuator/health/readiness").status() == 200);

    readers.forEach(Reader::stop);
    assertThat(traffic.close()).isNotEmpty();
    projections.equalAReplay();
  }

  /** Of each instance of the query side, and of the gateway. */
  private List<Reader> readers(List<Product> products, String orderId) {
    var instances =
        platform.cluster().services().stream()
            .filter(service -> service.name().equals("query-side"))
            .map(Cluster.Service::http);
    return Stream.concat(instances, Stream.of(platform.cluster().gateway().url()))
        .map(address -> new Reader(address, products, orderId))
        .toList();
  }

  /** Reads all the time. An instance that died begins anew; through the gateway all are read. */
  private final class Reader {
    private final String address;
    private final ShopClient instance;
    private final boolean isGateway;
    private final List<String> paths = new ArrayList<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final CompletableFuture<Void> reading;
    private volatile boolean stopped;
    private long answers;

    Reader(String address, List<Product> products, String orderId) {
      this.address = address;
      this.instance = new ShopClient(address);
      this.isGateway = address.equals(platform.cluster().gateway().url());
      products.forEach(product -> paths.add("/products/" + product.productId()));
      paths.add("/orders/" + orderId);
      // Who was asked too early may remember for a moment that there is no such product.
      var alice = instance.bearer(shop.accessToken(ShopClient.ALICE));
      await("all is seen at " + address)
          .atMost(SEEN_WITHIN)
          .until(() -> paths.stream().allMatch(path -> alice.get(path).status() == 200));
      this.reading = CompletableFuture.runAsync(() -> readOn(alice), EACH_IN_A_THREAD);
    }

    /** Leaves the rebuild some of the processor. */
    private void readOn(HttpCaller alice) {
      await()
          .forever()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> {
            paths.forEach(path -> read(path, alice.get(path)));
            return stopped;
          });
    }

    private void read(String path, Answer answer) {
      if (answer.isTemporary()) {
        seen.clear();
        return;
      }
      assertThat(answer.status()).as("%s%s: %s", address, path, answer).isEqualTo(200);
      var version = Long.parseLong(answer.header("ETag").replaceAll("\\d+-|\"", ""));
      if (!isGateway) {
        assertThat(version)
            .as("version of %s%s", address, path)
            .isGreaterThanOrEqualTo(seen.getOrDefault(path, 0L));
        seen.put(path, version);
      }
      answers++;
    }

    void stop() {
      stopped = true;
      reading.join();
      assertThat(answers).as("answers of %s", address).isPositive();
    }
  }
}
