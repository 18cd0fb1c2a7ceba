package dev.orderflow.e2e;

import static dev.orderflow.e2e.platform.ContainerPlatform.Transport.GRPC;
import static dev.orderflow.e2e.platform.ContainerPlatform.Transport.HTTP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.ContainerPlatform;
import dev.orderflow.e2e.platform.ContainerPlatform.Transport;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.inventory.v1.GetStockRequest;
import dev.orderflow.proto.inventory.v1.InventoryServiceGrpc;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Two instances of each service in containers, behind nginx: shared work, and what dies is
 * replaced.
 */
@Tag("containers")
@RunsOn(Setup.ONE_OF_EACH)
class ContainersE2E {
  private static final int CALLS = 200;
  private static final int IN_PLACE = 2;
  private static final List<String> SERVICES = ContainerPlatform.SERVICES;

  private final ContainerPlatform platform;
  private final ShopClient shop;
  private final ManagedChannel commandSide;
  private final ManagedChannel querySide;
  private Product product;

  ContainersE2E(ContainerPlatform platform) {
    this.platform = platform;
    this.shop = platform.shop();
    commandSide = platform.cluster().service("command-side").channel();
    querySide = platform.cluster().service("query-side").channel();
  }

  @BeforeEach
  void two_of_each_are_there() {
    SERVICES.forEach(service -> platform.scale(service, IN_PLACE));
    product = shop.newProduct(100_000);
  }

  @AfterAll
  void hang_up() {
    commandSide.shutdownNow();
    querySide.shutdownNow();
  }

  @Test
  void each_of_two_instances_serves_its_share_of_http_and_grpc() {
    assertThat(shares("gateway", HTTP, this::readProduct)).allSatisfy(ContainersE2E::isFair);
    assertThat(shares("query-side", HTTP, this::readProduct)).allSatisfy(ContainersE2E::isFair);
    assertThat(shares("command-side", HTTP, this::readStock)).allSatisfy(ContainersE2E::isFair);
    assertThat(shares("query-side", GRPC, this::callForProduct)).allSatisfy(ContainersE2E::isFair);
    assertThat(shares("command-side", GRPC, this::callForStock)).allSatisfy(ContainersE2E::isFair);
  }

  private static void isFair(String container, double share) {
    assertThat(share).as(container).isBetween(0.25, 0.75);
  }

  @ParameterizedTest(name = "docker kill of a {0}")
  @FieldSource("SERVICES")
  void orders_go_through_soon_after_a_kill_and_none_is_lost(String service) {
    var traffic = Traffic.start(shop, product);

    platform.kill(platform.containers(service).getFirst());
    var begin = System.nanoTime();
    var probe = OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA);
    var order = shop.awaitFinal(shop.placed(probe));
    var healedAfter = Duration.ofNanos(System.nanoTime() - begin);
    var others = traffic.close();

    System.out.printf(
        "docker kill of a %s: an order went through after %d ms, beside %d others%n",
        service, healedAfter.toMillis(), others.size());
    assertThat(order.status()).isEqualTo("CONFIRMED");
    assertThat(healedAfter).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_third_instance_serves_its_part_within_a_minute() {
    platform.scale("command-side", IN_PLACE + 1);
    var third = platform.containers("command-side").getLast();

    awaitPart(third, HTTP, this::readStock);
    awaitPart(third, GRPC, this::callForStock);
  }

  private void awaitPart(String instance, Transport transport, Runnable call) {
    await("a tenth of the calls")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(shares("command-side", transport, call).get(instance))
                .isGreaterThanOrEqualTo(0.1));
  }

  @ParameterizedTest(name = "new {0}s")
  @FieldSource("SERVICES")
  void a_rolling_replacement_fails_no_read_and_no_order_that_is_sent_again(String service) {
    var traffic = Traffic.start(shop, product);
    var reads = Reads.start(shop, product);

    platform.replaceAll(service);

    assertThat(reads.close()).isEmpty();
    System.out.printf("all %s replaced beside %d orders%n", service, traffic.close().size());
  }

  @Test
  void data_and_secrets_outlive_the_containers() {
    var order = shop.placed(OrderRequest.of(ShopClient.BOB, product, 1, OrderRequest.VISA));
    shop.awaitFinal(order);
    var token = shop.accessToken(ShopClient.BOB);

    platform.takeDown();
    platform.start();

    var answer = shop.bearer(token).get("/orders/" + order.orderId());
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.order().status()).isEqualTo("CONFIRMED");
  }

  /** Of the calls that are made now, the share of each instance. */
  private Map<String, Double> shares(String service, Transport transport, Runnable call) {
    var before = platform.calls(service, transport);
    for (var i = 0; i < CALLS; i++) {
      call.run();
    }
    var made = new HashMap<>(platform.calls(service, transport));
    made.replaceAll((container, calls) -> calls - before.getOrDefault(container, 0L));
    var all = made.values().stream().mapToLong(Long::longValue).sum();
    var shares = new HashMap<String, Double>();
    made.forEach((container, calls) -> shares.put(container, (double) calls / all));
    System.out.printf("%s, %s: %s%n", service, transport, new ArrayList<>(shares.values()));
    return shares;
  }

  private void readProduct() {
    assertThat(shop.anybody().get("/products/" + product.productId()).status()).isEqualTo(200);
  }

  private void readStock() {
    var answer = shop.as(ShopClient.STAFF).get("/inventory/" + product.productId());
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }

  private void callForProduct() {
    var answer =
        ProductServiceGrpc.newBlockingStub(querySide)
            .withDeadlineAfter(Duration.ofSeconds(5))
            .getProduct(GetProductRequest.newBuilder().setProductId(product.productId()).build());
    assertThat(answer.getProductId()).isEqualTo(product.productId());
  }

  private void callForStock() {
    var answer =
        InventoryServiceGrpc.newBlockingStub(commandSide)
            .withInterceptors(shop.tokenOf(ShopClient.STAFF))
            .withDeadlineAfter(Duration.ofSeconds(5))
            .getStock(GetStockRequest.newBuilder().setProductId(product.productId()).build());
    assertThat(answer.getProductId()).isEqualTo(product.productId());
  }
}
