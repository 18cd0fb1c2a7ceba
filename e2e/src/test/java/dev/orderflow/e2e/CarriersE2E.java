package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.BOB;
import static dev.orderflow.e2e.shop.ShopClient.CAROL;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.platform.PinnedThreads;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import io.grpc.ManagedChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever a service is asked for, no virtual thread of it waits while it holds its carrier: there
 * are as few carriers as processors, and a service whose carriers are all held stands still.
 */
@RunsOn(Setup.ONE_OF_EACH)
class CarriersE2E {
  private static final List<String> USERS = List.of(ALICE, BOB, CAROL);
  private static final List<String> METHODS = List.of(OrderRequest.VISA, OrderRequest.DECLINED);
  private static final OrderRequest.Contact CONTACT =
      new OrderRequest.Contact("Anh", "anh@example.com", "Huế");
  private static final String[] CSV = {"Content-Type", "text/csv"};
  private static final int AT_ONCE = 12;
  private static final int TIMES_AGAIN = 5;

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private final ManagedChannel querySide;
  private Product product;

  CarriersE2E(PlatformUnderTest platform) {
    this.platform = platform;
    shop = platform.shop();
    querySide = platform.cluster().service("query-side").channel();
  }

  @BeforeAll
  void there_is_enough_for_everybody() {
    product = shop.newProduct(1_000);
  }

  @AfterAll
  void hang_up() {
    querySide.shutdownNow();
  }

  @Test
  void no_virtual_thread_waits_while_it_holds_its_carrier() throws Exception {
    Map<String, List<String>> seen = pinnedWhileEverybodyDoesEverything();
    // What happens for the first time loads classes, which holds the carrier. What is done for each
    // request is seen every time.
    for (int again = 0; again < TIMES_AGAIN && !seen.isEmpty(); again++) {
      seen = pinnedWhileEverybodyDoesEverything();
    }

    assertThat(seen).isEmpty();
  }

  /** By service, those that have waited so; a service without any is not among them. */
  private Map<String, List<String>> pinnedWhileEverybodyDoesEverything() throws Exception {
    var cluster = platform.cluster();
    var watched = new HashMap<String, PinnedThreads>();
    for (var service : cluster.services()) {
      watched.put(service.name(), PinnedThreads.watch(service.pid()));
    }
    watched.put("gateway", PinnedThreads.watch(cluster.gateway().pid()));
    everybodyDoesEverything();
    var seen = new HashMap<String, List<String>>();
    for (var service : watched.entrySet()) {
      var pinned = service.getValue().seen();
      if (!pinned.isEmpty()) {
        seen.put(service.getKey(), pinned);
      }
    }
    return seen;
  }

  private void everybodyDoesEverything() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var doing =
          IntStream.range(0, 2 * AT_ONCE)
              .<Callable<Void>>mapToObj(i ->
                  () -> {
                    doEverything(USERS.get(i % USERS.size()), METHODS.get(i % METHODS.size()));
                    return null;
                  })
              .toList();
      for (var done : threads.invokeAll(doing)) {
        done.get();
      }
    }
  }

  private void doEverything(String user, String method) {
    var staff = shop.as(STAFF);
    var id = product.productId();
    var customer = shop.bearer(shop.accessToken(user));
    var order = shop.placed(OrderRequest.of(user, product, 1, method).to(CONTACT, "vi"));
    // To its end.
    good(() -> customer.get("/orders/" + order.orderId() + "/events"));
    good(() -> customer.get("/orders/" + order.orderId()));
    good(() -> customer.get("/orders?status=CONFIRMED"));
    good(() -> customer.get("/customers/" + user + "/personal-data"));
    good(() -> shop.anybody().get("/products?q=kettle"));
    good(() -> shop.anybody().get("/products/" + id));
    good(() -> shop.anybody().get("/"));
    ProductServiceGrpc.newBlockingStub(querySide)
        .getProduct(GetProductRequest.newBuilder().setProductId(id).build());
    var another = UUID.randomUUID();
    var products = "productId,name,price,currency\nPROD-%s,A file's,1,VND\n".formatted(another);
    good(() -> staff.post("/products/import", products, CSV));
    good(() ->
        staff.post("/inventory/import", "productId,quantity\nPROD-%s,1\n".formatted(another), CSV));
    good(() -> staff.put("/products/PROD-" + another + "/price", Map.of("price", 2)));
    good(() -> staff.get("/admin/orders?userId=" + user));
    good(() -> staff.get("/admin/orders.csv?productId=" + id));
    good(() -> staff.get("/admin/projections"));
    good(() -> staff.get("/admin/dead-letters"));
  }

  /** Asks again as a good client does: while all is busy, anything may be 503. */
  private static void good(Supplier<Answer> request) {
    var answer = ShopClient.answered(request);
    assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
  }
}
