package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.BOB;
import static dev.orderflow.e2e.shop.ShopClient.CAROL;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.audit.VisibleHistoryAudit;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers who may not, and places that are not there. */
@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class AccessE2E {
  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private Product product;
  private Order bobsOrder;

  AccessE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @BeforeAll
  void bob_has_an_order_and_everything_is_quiet() {
    product = shop.newProduct(10);
    bobsOrder = shop.awaitFinal(shop.placed(OrderRequest.of(BOB, product, 1, OrderRequest.VISA)));
    VisibleHistoryAudit.passes(platform);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"callers", "places", "staffMistakes"})
  void is_refused_and_changes_nothing(RefusedRequest refusal) {
    refusal.assertThatItHappens(platform);
  }

  Stream<RefusedRequest> callers() {
    return Stream.of(
        new RefusedRequest(
            "no token", 401, "UNAUTHENTICATED", it -> it.anybody().post("/orders", order(ALICE))),
        new RefusedRequest(
            "no token, reading",
            401,
            "UNAUTHENTICATED",
            it -> it.anybody().get("/orders/" + bobsOrder.orderId())),
        new RefusedRequest(
            "a token that is none",
            401,
            "UNAUTHENTICATED",
            it -> it.bearer("nonsense").post("/orders", order(ALICE))),
        new RefusedRequest(
            "a forged token",
            401,
            "UNAUTHENTICATED",
            it -> it.bearer(forged(it.accessToken(ALICE))).post("/orders", order(ALICE))),
        new RefusedRequest(
            "a token without signature",
            401,
            "UNAUTHENTICATED",
            it -> it.bearer(unsigned(it.accessToken(ALICE))).post("/orders", order(ALICE))),
        new RefusedRequest(
            "staff who order", 403, "FORBIDDEN", it -> it.as(STAFF).post("/orders", order(STAFF))),
        new RefusedRequest(
            "a customer who makes products",
            403,
            "FORBIDDEN",
            it -> it.as(ALICE).post("/products", newProduct("PROD-ALICE"))),
        new RefusedRequest(
            "a customer who makes prices",
            403,
            "FORBIDDEN",
            it -> it.as(ALICE).put(price(), Map.of("price", 1))),
        new RefusedRequest(
            "a customer who receives stock",
            403,
            "FORBIDDEN",
            it -> it.as(ALICE).post(receipts(), Map.of("quantity", 1))));
  }

  Stream<RefusedRequest> places() {
    return Stream.of(
        new RefusedRequest(
            "another customer's order",
            404,
            "ORDER_NOT_FOUND",
            it -> it.as(CAROL).get("/orders/" + bobsOrder.orderId())),
        new RefusedRequest(
            "cancelling another customer's order",
            404,
            "ORDER_NOT_FOUND",
            it -> it.as(CAROL).post("/orders/" + bobsOrder.orderId() + "/cancel", "")),
        new RefusedRequest(
            "an order that is not there",
            404,
            "ORDER_NOT_FOUND",
            it -> it.as(CAROL).get("/orders/ORD-00000000000000000000000000000000")),
        new RefusedRequest(
            "a product that is not there",
            404,
            "PRODUCT_NOT_FOUND",
            it -> it.anybody().get("/products/PROD-UNKNOWN")),
        new RefusedRequest(
            "an unknown path", 404, "NOT_FOUND", it -> it.as(ALICE).get("/warehouses")),
        new RefusedRequest(
            "a path below an order that does not exist",
            404,
            "NOT_FOUND",
            it -> it.as(STAFF).get("/orders/1/unknown")));
  }

  Stream<RefusedRequest> staffMistakes() {
    return Stream.of(
        new RefusedRequest(
            "a product that is there",
            409,
            "PRODUCT_ALREADY_EXISTS",
            it -> it.as(STAFF).post("/products", newProduct(product.productId()))),
        new RefusedRequest(
            "a price that moved",
            412,
            "PRECONDITION_FAILED",
            it -> it.as(STAFF).put(price(), Map.of("price", 1), "If-Match", "\"99\"")),
        new RefusedRequest(
            "receiving nothing",
            400,
            "VALIDATION_FAILED",
            it -> it.as(STAFF).post(receipts(), Map.of("quantity", 0))));
  }

  @Test
  void a_sign_in_leads_to_the_address_that_the_browser_sees() {
    var gateway = platform.cluster().gateway().url();

    var answer = shop.anybody().get("/sign-in?returnTo=/");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location"))
        .startsWith(gateway + "/oauth2/authorize?")
        .contains("redirect_uri=" + gateway + "/");
  }

  @Test
  void a_wrong_secret_gets_no_token() {
    assertThat(shop.token(ALICE, "wrong").status()).isEqualTo(401);
    assertThat(shop.token("mallory", "mallory").status()).isEqualTo(401);
  }

  private OrderRequest order(String user) {
    return OrderRequest.of(user, product, 1, OrderRequest.VISA);
  }

  private String price() {
    return "/products/" + product.productId() + "/price";
  }

  private String receipts() {
    return "/inventory/" + product.productId() + "/receipts";
  }

  private static Map<String, Object> newProduct(String productId) {
    return Map.of(
        "productId", productId, "name", "x", "description", "x", "price", 1, "currency", "VND");
  }

  /** Another signature of the same length. */
  private static String forged(String token) {
    var signature = token.lastIndexOf('.') + 1;
    var first = token.charAt(signature) == 'A' ? 'B' : 'A';
    return token.substring(0, signature) + first + token.substring(signature + 1);
  }

  private static String unsigned(String token) {
    return "eyJhbGciOiJub25lIn0" + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
  }
}
