package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.e2e.shop.Stock;
import dev.orderflow.proto.catalog.v1.GetProductRequest;
import dev.orderflow.proto.catalog.v1.PriceQuote;
import dev.orderflow.proto.catalog.v1.ProductServiceGrpc;
import dev.orderflow.proto.catalog.v1.ValidatePriceWithVersionRequest;
import dev.orderflow.proto.inventory.legacy.InventoryServiceGrpc;
import dev.orderflow.proto.inventory.legacy.StockRequest;
import dev.orderflow.proto.ordering.v1.OrderServiceGrpc;
import dev.orderflow.proto.ordering.v1.OrderStatus;
import dev.orderflow.proto.ordering.v1.PlaceOrderItem;
import dev.orderflow.proto.ordering.v1.PlaceOrderRequest;
import io.grpc.ManagedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The other surface, which tells the same story. */
@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class GrpcE2E {
  private final ShopClient shop;
  private final ManagedChannel commandSide;
  private final ManagedChannel querySide;
  private Product product;

  GrpcE2E(PlatformUnderTest platform) {
    shop = platform.shop();
    commandSide = platform.cluster().service("command-side").channel();
    querySide = platform.cluster().service("query-side").channel();
  }

  @BeforeAll
  void there_is_a_product() {
    product = shop.newProduct(10);
  }

  @AfterAll
  void hang_up() {
    commandSide.shutdownNow();
    querySide.shutdownNow();
  }

  @Test
  void a_product_is_the_same_as_over_rest() {
    var found =
        ProductServiceGrpc.newBlockingStub(querySide)
            .getProduct(GetProductRequest.newBuilder().setProductId(product.productId()).build());

    assertThat(found.getName()).isEqualTo(product.name());
    assertThat(found.getPrice()).isEqualTo("50000");
    assertThat(found.getCurrency()).isEqualTo("VND");
    assertThat(found.getPriceVersion()).isEqualTo(product.priceVersion());
  }

  @Test
  void a_price_is_right_or_the_right_one_is_told() {
    var quote =
        PriceQuote.newBuilder()
            .setProductId(product.productId())
            .setExpectedPrice("50000")
            .setPriceVersion(product.priceVersion());
    var answer =
        ProductServiceGrpc.newBlockingStub(querySide)
            .validatePriceWithVersion(
                ValidatePriceWithVersionRequest.newBuilder()
                    .addItems(quote)
                    .addItems(quote.clone().setExpectedPrice("49999"))
                    .addItems(quote.clone().setProductId("PROD-UNKNOWN"))
                    .build());

    assertThat(answer.getResults(0).hasOk()).isTrue();
    assertThat(answer.getResults(1).getChanged().getCurrentPrice()).isEqualTo("50000");
    assertThat(answer.getResults(2).hasUnknown()).isTrue();
  }

  @Test
  void one_key_is_one_order_on_both_surfaces() {
    var rest = OrderRequest.of(ALICE, product, 1, OrderRequest.VISA);

    var first =
        OrderServiceGrpc.newBlockingStub(commandSide)
            .withInterceptors(shop.tokenOf(ALICE))
            .placeOrder(message(rest));
    var again = shop.place(rest);

    assertThat(first.getReplayed()).isFalse();
    assertThat(first.getOrder().getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_PENDING);
    assertThat(again.status()).as("%s", again).isEqualTo(200);
    assertThat(again.order().orderId()).isEqualTo(first.getOrder().getOrderId());
    assertThat(shop.awaitFinal(again.order()).status()).isEqualTo("CONFIRMED");
  }

  @Test
  void stock_that_is_reserved_without_an_order_comes_back_by_itself() {
    var product = shop.newProduct(10).productId();
    var stock =
        InventoryServiceGrpc.newBlockingStub(commandSide).withInterceptors(shop.tokenOf(STAFF));

    var reserved = stock.checkAndReserveStock(request(product, 4));

    assertThat(reserved.getIsAvailable()).isTrue();
    assertThat(reserved.getReservationId()).isNotEmpty();
    assertThat(stock.checkAndReserveStock(request(product, 7)).getIsAvailable()).isFalse();
    assertThat(shop.stock(product)).isEqualTo(new Stock(product, 6, 4, 0));
    await("the reservation expires, and both sides know")
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            shop.stock(product).equals(new Stock(product, 10, 0, 0))
                && shop.product(product).available() == 10);
  }

  private static StockRequest request(String product, int quantity) {
    return StockRequest.newBuilder().setProductId(product).setQuantity(quantity).build();
  }

  private static PlaceOrderRequest message(OrderRequest order) {
    var message =
        PlaceOrderRequest.newBuilder()
            .setVersion(order.version())
            .setPaymentMethod(order.paymentMethod());
    order
        .items()
        .forEach(item ->
            message.addItems(
                PlaceOrderItem.newBuilder()
                    .setProductId(item.productId())
                    .setQuantity(item.quantity())
                    .setExpectedPrice(item.expectedPrice().toPlainString())
                    .setPriceVersion(item.priceVersion())));
    return message.build();
  }
}
