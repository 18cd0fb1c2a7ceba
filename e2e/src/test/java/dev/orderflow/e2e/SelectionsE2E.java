package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.BOB;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.proto.catalog.v1.ListProductsRequest;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.ordering.v1.ListAllOrdersRequest;
import dev.orderflow.proto.ordering.v1.ListOrdersRequest;
import dev.orderflow.proto.ordering.v1.OrderQueryServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists narrowed to what a reader looks for, over both surfaces. */
@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class SelectionsE2E {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ShopClient shop;
  private final ManagedChannel querySide;
  private Product product;
  private Order confirmed;
  private Order cancelled;
  private Order bobs;

  SelectionsE2E(PlatformUnderTest platform) {
    shop = platform.shop();
    querySide =
        NettyChannelBuilder.forTarget("dns:///" + platform.cluster().service("query-side").grpc())
            .usePlaintext()
            .build();
  }

  @BeforeAll
  void there_are_orders() {
    product = shop.newProduct(10);
    confirmed = shop.awaitFinal(shop.placed(order(ALICE, OrderRequest.VISA)));
    cancelled = shop.awaitFinal(shop.placed(order(ALICE, OrderRequest.DECLINED)));
    bobs = shop.awaitFinal(shop.placed(order(BOB, OrderRequest.VISA)));
    // What is answered for one order may be ahead of the lists.
    await("the lists show them")
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            idsOf(all("&status=CONFIRMED")).size() == 2
                && idsOf(all("&status=CANCELLED")).size() == 1);
  }

  @AfterAll
  void hang_up() {
    querySide.shutdownNow();
  }

  private OrderRequest order(String user, String paymentMethod) {
    return OrderRequest.of(user, product, 1, paymentMethod);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"phin", "cà phê", "ca phe", "CÀ PHÊ", "Bo phin ca phe inox", "đay phin ca"})
  void a_coffee_dripper_is_found_however_it_is_written(String text) {
    var id = "PROD-" + UUID.randomUUID();
    var body =
        Map.of(
            "productId", id,
            "name", "Bộ phin cà phê inox đày",
            "description", "",
            "price", 185_000,
            "currency", "VND");
    var made = ShopClient.answered(() -> shop.as(STAFF).post("/products", body));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    var consistency = "Orderflow-Consistency";

    var ids = new ArrayList<String>();
    var search = "/products?pageSize=100&q=" + URLEncoder.encode(text, UTF_8);
    var path = search;
    while (!path.isEmpty()) {
      var part = path;
      var page =
          ShopClient.answered(
              () -> shop.anybody().get(part, consistency, made.header(consistency)));
      assertThat(page.status()).as("%s", page).isEqualTo(200);
      page.body().path("products").forEach(found -> ids.add(found.path("productId").asString()));
      var next = page.body().path("nextPageToken").asString("");
      path = next.isEmpty() ? "" : search + "&pageToken=" + next;
    }

    assertThat(ids).contains(id).doesNotContain(product.productId());
    assertThat(
            ProductServiceGrpc.newBlockingStub(querySide)
                .listProducts(ListProductsRequest.newBuilder().setQ(text).setPageSize(100).build())
                .getProductsList())
        .extracting("productId_")
        .isEqualTo(ids.subList(0, Math.min(100, ids.size())));
  }

  @Test
  void a_customer_finds_the_own_orders_by_their_state_and_time() {
    var alice = shop.as(ALICE);
    var since = "placedFrom=" + confirmed.createdAt();

    assertThat(idsOf(alice.get("/orders?status=CANCELLED&" + since)))
        .containsExactly(cancelled.orderId());
    assertThat(idsOf(alice.get("/orders?" + since)))
        .containsExactly(cancelled.orderId(), confirmed.orderId());
    assertThat(idsOf(alice.get("/orders?" + since + "&placedTo=" + cancelled.createdAt())))
        .containsExactly(confirmed.orderId());
    assertThat(
            OrderQueryServiceGrpc.newBlockingStub(querySide)
                .withInterceptors(token(ALICE))
                .listOrders(
                    ListOrdersRequest.newBuilder()
                        .setStatus(OrderStatus.ORDER_STATUS_CANCELLED)
                        .setPageSize(1)
                        .build())
                .getOrdersList())
        .extracting("orderId_")
        .containsExactly(cancelled.orderId());
  }

  @Test
  void staff_finds_orders_by_everything_that_is_asked_at_a_counter() {
    assertThat(idsOf(all("")))
        .containsExactly(bobs.orderId(), cancelled.orderId(), confirmed.orderId());
    assertThat(idsOf(all("&userId=bob"))).containsExactly(bobs.orderId());
    assertThat(idsOf(all("&status=CANCELLED"))).containsExactly(cancelled.orderId());
    assertThat(idsOf(all("&orderId=" + confirmed.orderId()))).containsExactly(confirmed.orderId());
    var first = all("&pageSize=2");
    assertThat(idsOf(all("&pageSize=2&pageToken=" + first.body().path("nextPageToken").asString())))
        .containsExactly(confirmed.orderId());
    assertThat(
            OrderQueryServiceGrpc.newBlockingStub(querySide)
                .withInterceptors(token(STAFF))
                .listAllOrders(
                    ListAllOrdersRequest.newBuilder()
                        .setProductId(product.productId())
                        .setUserId(ALICE)
                        .build())
                .getOrdersList())
        .extracting("orderId_")
        .containsExactly(cancelled.orderId(), confirmed.orderId());
  }

  @Test
  void staff_takes_a_selection_away_as_a_file() {
    var file = shop.as(STAFF).get("/admin/orders.csv?productId=" + product.productId());

    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(file.text().split("\r\n"))
        .hasSize(4)
        .anySatisfy(line ->
            assertThat(line)
                .startsWith(cancelled.orderId() + ",alice,CANCELLED,")
                .contains(",50000,VND,1 x " + product.productId() + " at 50000,PAYMENT_FAILED,"));
  }

  private Answer all(String more) {
    return shop.as(STAFF).get("/admin/orders?productId=" + product.productId() + more);
  }

  private static List<String> idsOf(Answer page) {
    assertThat(page.status()).as("%s", page).isEqualTo(200);
    return page.body()
        .path("orders")
        .valueStream()
        .map(order -> order.path("orderId").asString())
        .toList();
  }

  private ClientInterceptor token(String user) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + shop.accessToken(user));
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }
}
