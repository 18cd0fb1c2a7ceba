package dev.orderflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.Cluster;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.proto.catalog.v1.BatchGetProductsRequest;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.Product;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.WatchProductRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Prices change while everybody reads, on every instance of the query side. */
@RunsOn(Setup.TWO_OF_EACH_WITHOUT_POLLS)
class StaleReadE2E {
  /** 2 s is what the caches promise; the rest is for the view, and for a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static final int CHANGES = 40;

  private final ShopClient shop;
  private final List<Instance> instances;

  StaleReadE2E(PlatformUnderTest platform) {
    shop = platform.shop();
    instances =
        platform.cluster().services().stream()
            .filter(service -> service.name().equals("query-side"))
            .map(Instance::new)
            .toList();
  }

  @AfterAll
  void hang_up() {
    instances.forEach(instance -> instance.channel.shutdownNow());
  }

  @Test
  void no_instance_goes_back_and_each_shows_the_newest_within_the_bound() throws Exception {
    assertThat(instances).hasSize(2);
    var product = shop.newProduct(1_000).productId();
    var readers = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var instance : instances) {
        readers.add(threads.submit(() -> instance.readAlone(product)));
        readers.add(threads.submit(() -> instance.readWithOthers(product)));
        readers.add(threads.submit(() -> instance.watch(product)));
      }
      try {
        for (var change = 1; change <= CHANGES; change++) {
          changePrice(product, 50_000 + change);
          if (change % 10 == 0) {
            awaitPriceVersion(change + 1);
          }
        }
      } finally {
        instances.forEach(Instance::stop);
      }
    }
    for (var reader : readers) {
      reader.get();
    }
  }

  private void changePrice(String product, int price) {
    var answer =
        ShopClient.answered(() ->
            shop.as(ShopClient.STAFF)
                .put("/products/" + product + "/price", Map.of("price", price)));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }

  private void awaitPriceVersion(long version) {
    await("every instance shows the price, to readers and to watchers")
        .atMost(BOUND)
        .until(() ->
            instances.stream()
                .allMatch(instance ->
                    instance.newestPrice.get() == version
                        && instance.watchedPrice.get() == version));
  }

  private static final class Instance {
    private final String name;
    private final ManagedChannel channel;
    private final ProductServiceGrpc.ProductServiceBlockingStub products;
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong newestPrice = new AtomicLong();
    private final AtomicLong watchedPrice = new AtomicLong();
    private volatile boolean stopped;

    Instance(Cluster.Service service) {
      name = service.name() + "-" + service.instance();
      channel = service.channel();
      products = ProductServiceGrpc.newBlockingStub(channel);
    }

    void stop() {
      stopped = true;
      channel.shutdownNow();
    }

    Void readAlone(String id) {
      var request = GetProductRequest.newBuilder().setProductId(id).build();
      return read(() -> products.getProduct(request));
    }

    Void readWithOthers(String id) {
      var request =
          BatchGetProductsRequest.newBuilder().addProductIds("NO-SUCH").addProductIds(id).build();
      return read(() -> products.batchGetProducts(request).getProducts(0));
    }

    private Void read(Read read) {
      while (!stopped) {
        var before = newest.get();
        Product product;
        try {
          product = read.once();
        } catch (StatusRuntimeException e) {
          assertThat(stopped).as("%s: %s", name, e).isTrue();
          return null;
        }
        assertThat(product.getVersion())
            .as("%s has shown %d", name, before)
            .isGreaterThanOrEqualTo(before);
        newest.accumulateAndGet(product.getVersion(), Math::max);
        newestPrice.accumulateAndGet(product.getPriceVersion(), Math::max);
      }
      return null;
    }

    Void watch(String id) {
      var last = 0L;
      try {
        var states =
            products.watchProduct(WatchProductRequest.newBuilder().setProductId(id).build());
        while (states.hasNext()) {
          var product = states.next().getProduct();
          assertThat(product.getVersion()).as(name).isGreaterThan(last);
          last = product.getVersion();
          watchedPrice.set(product.getPriceVersion());
        }
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode())
            .as("%s: %s", name, e)
            .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(stopped).as("%s: %s", name, e).isTrue();
      }
      return null;
    }

    private interface Read {
      Product once();
    }
  }
}
