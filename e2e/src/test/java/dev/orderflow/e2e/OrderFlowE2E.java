package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.KafkaLog;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.e2e.shop.Stock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class OrderFlowE2E {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final String gateway;
  private final ShopClient shop;
  private final KafkaLog kafka;

  OrderFlowE2E(PlatformUnderTest platform) {
    gateway = platform.cluster().gateway().url();
    shop = platform.shop();
    kafka = new KafkaLog(platform.cluster().kafka().bootstrapServers());
  }

  @Test
  void the_shop_opens_with_a_demo_catalog_that_is_in_stock() {
    var inStock = allProducts().stream().filter(one -> one.path("available").asLong() > 0).toList();
    assertThat(inStock)
        .hasSizeGreaterThanOrEqualTo(35)
        .allSatisfy(product -> {
          assertThat(product.path("currency").asString()).isEqualTo("VND");
          assertThat(product.path("name").asString()).isNotBlank();
          assertThat(product.path("price").decimalValue()).isPositive();
        });
  }

  /** Other tests bring in products, too. */
  private List<JsonNode> allProducts() {
    var products = new ArrayList<JsonNode>();
    var next = "";
    do {
      var page = shop.anybody().get("/products?pageSize=100" + next).body();
      page.path("products").forEach(products::add);
      next = page.has("nextPageToken") ? "&pageToken=" + page.path("nextPageToken").asString() : "";
    } while (!next.isEmpty());
    return products;
  }

  @Test
  void a_sign_in_leads_to_the_address_that_the_browser_sees() {
    var answer = shop.anybody().get("/sign-in?returnTo=/");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location"))
        .startsWith(gateway + "/oauth2/authorize?")
        .contains("redirect_uri=" + gateway + "/");
  }

  @Test
  void an_order_that_is_paid_is_confirmed_and_its_stock_is_sold() {
    var product = shop.newProduct(10);
    var request = OrderRequest.of(ALICE, product, 3, OrderRequest.VISA);

    var answer = shop.answered(request);

    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    var placed = answer.order();
    assertThat(answer.header("Location")).endsWith("/orders/" + placed.orderId());
    assertThat(placed.status()).isEqualTo("PENDING");
    assertThat(placed.userId()).isEqualTo(ALICE);
    assertThat(placed.version()).isEqualTo(request.version());
    assertThat(placed.totalAmount()).isEqualByComparingTo(new BigDecimal(150_000));
    assertThat(placed.currency()).isEqualTo("VND");
    assertThat(shop.order(ALICE, placed.orderId()).orderId()).isEqualTo(placed.orderId());
    awaitStock(product, 10, new Stock(product.productId(), 7, 0, 3));
    var confirmed = shop.awaitFinal(placed);
    assertThat(confirmed.status()).isEqualTo("CONFIRMED");
    assertThat(confirmed.items())
        .singleElement()
        .satisfies(item -> {
          assertThat(item.productId()).isEqualTo(product.productId());
          assertThat(item.quantity()).isEqualTo(3);
          assertThat(item.price()).isEqualByComparingTo(product.price());
        });
    assertThat(shop.as(ALICE).post("/orders/" + placed.orderId() + "/cancel", "").code())
        .isEqualTo("ORDER_NOT_CANCELLABLE");
  }

  @Test
  void the_same_key_again_is_answered_with_the_same_order() {
    var product = shop.newProduct(10);
    var request = OrderRequest.of(ALICE, product, 1, OrderRequest.VISA);
    var placed = shop.placed(request);

    var again = shop.answered(request);
    var other =
        shop.answered(
            new OrderRequest(
                request.version(),
                OrderRequest.of(ALICE, product, 2, OrderRequest.VISA).items(),
                request.paymentMethod(),
                null,
                null));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.order().orderId()).isEqualTo(placed.orderId());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    shop.awaitFinal(placed);
    assertThat(shop.answered(request).order().orderId()).isEqualTo(placed.orderId());
    awaitStock(product, 10, new Stock(product.productId(), 9, 0, 1));
  }

  @Test
  void a_header_may_carry_the_key() {
    var product = shop.newProduct(1);
    var request = OrderRequest.of(ALICE, product, 1, OrderRequest.VISA);
    var body = Map.of("items", request.items(), "paymentMethod", request.paymentMethod());

    var answer =
        ShopClient.answered(
            () -> shop.as(ALICE).post("/orders", body, "Idempotency-Key", request.version()));

    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    assertThat(answer.order().version()).isEqualTo(request.version());
    shop.awaitFinal(answer.order());
  }

  @Test
  void a_declined_payment_cancels_the_order_and_gives_the_stock_back() {
    var product = shop.newProduct(5);

    var placed = shop.placed(OrderRequest.of(BOB, product, 5, OrderRequest.DECLINED));

    var cancelled = shop.awaitFinal(placed);
    assertThat(cancelled.status()).isEqualTo("CANCELLED");
    assertThat(cancelled.cancelReason()).isEqualTo("PAYMENT_FAILED");
    awaitStock(product, 5, new Stock(product.productId(), 5, 0, 0));
  }

  @Test
  void a_customer_who_cancels_while_the_payment_runs_gets_stock_and_money_back() {
    var product = shop.newProduct(5);
    var placed = shop.placed(OrderRequest.of(BOB, product, 2, OrderRequest.SLOW));
    // To read all of Kafka for it may take longer than the payment.
    await("the payment runs")
        .atMost(SOON)
        .until(() -> shop.paymentEvents(placed).contains("PaymentRequestedEvent"));

    var answer = shop.as(BOB).post("/orders/" + placed.orderId() + "/cancel", "");

    assertThat(answer.status()).as("%s", answer).isEqualTo(202);
    var cancelled = shop.awaitFinal(placed);
    assertThat(cancelled.status()).isEqualTo("CANCELLED");
    assertThat(cancelled.cancelReason()).isEqualTo("CUSTOMER_REQUEST");
    awaitStock(product, 5, new Stock(product.productId(), 5, 0, 0));
    awaitRefund(placed);
    assertThat(kafka.types("payment-outcomes", placed.orderId()))
        .containsExactly("PaymentCompletedEvent");
  }

  private void awaitRefund(Order order) {
    await("the money is given back")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(kafka.types("payments", order.orderId()))
                .containsExactly(
                    "PaymentRequestedEvent", "RefundRequestedEvent", "PaymentRefundedEvent"));
  }

  /** Waits for these levels; until then stock adds up at every look. */
  private void awaitStock(Product product, int total, Stock expected) {
    await("stock of " + product.productId())
        .atMost(SOON)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              var stock = shop.stock(product.productId());
              assertThat(stock.total()).as("%s", stock).isEqualTo(total);
              assertThat(stock.hasNoNegativeLevel()).as("%s", stock).isTrue();
              return stock;
            },
            expected::equals);
  }
}
