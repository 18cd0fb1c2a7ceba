package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.e2e.audit.VisibleHistoryAudit;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Orders that cannot be: each is refused with its reason, and without any effect. */
@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class BadOrderE2E {
  private static final int IN_STOCK = 10;

  private final PlatformUnderTest platform;
  private final ShopClient shop;
  private Product product;

  BadOrderE2E(PlatformUnderTest platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @BeforeAll
  void everything_is_quiet() {
    product = shop.newProduct(IN_STOCK);
    VisibleHistoryAudit.passes(platform);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"keys", "items", "prices", "bodies"})
  void is_refused_and_changes_nothing(RefusedRequest refusal) {
    refusal.assertThatItHappens(platform);
  }

  Stream<RefusedRequest> keys() {
    return Stream.of(
        order("no key", 400, "MISSING_IDEMPOTENCY_KEY", body -> body.remove("version")),
        order("an empty key", 400, "MISSING_IDEMPOTENCY_KEY", body -> body.put("version", "")),
        key("a malformed key", "abc"),
        key("a key of no day", "alice_20241399250000_abc"),
        key("a key without its random part", "alice_20241201143022_"),
        key("another customer's key", OrderRequest.newKey(BOB)));
  }

  Stream<RefusedRequest> items() {
    return Stream.of(
        order("no items", 400, "VALIDATION_FAILED", body -> body.putArray("items")),
        order("items left out", 400, "VALIDATION_FAILED", body -> body.remove("items")),
        item("quantity zero", item -> item.put("quantity", 0)),
        item("a negative quantity", item -> item.put("quantity", -1)),
        item("an absurd quantity", item -> item.put("quantity", Long.MAX_VALUE)),
        item("half a piece", item -> item.put("quantity", 1.5)),
        item("a quantity in words", item -> item.put("quantity", "two")),
        item("no quantity", item -> item.remove("quantity")),
        item("no product", item -> item.remove("productId")),
        order(
            "an unknown product",
            422,
            "PRODUCT_NOT_FOUND",
            body -> first(body).put("productId", "PROD-UNKNOWN")),
        order(
            "more than there is",
            409,
            "INSUFFICIENT_STOCK",
            body -> first(body).put("quantity", IN_STOCK + 1)),
        order(
            "more than there is, in two lines",
            409,
            "INSUFFICIENT_STOCK",
            body -> {
              first(body).put("quantity", IN_STOCK);
              body.withArray("items").add(first(body).deepCopy().put("quantity", 1));
            }));
  }

  Stream<RefusedRequest> prices() {
    return Stream.of(
        order("a stale price", 409, "PRICE_CHANGED", body -> first(body).put("expectedPrice", 1)),
        order(
            "a price version that never was",
            409,
            "PRICE_CHANGED",
            body -> first(body).put("priceVersion", 99)),
        item("a price of zero", item -> item.put("expectedPrice", 0)),
        item("a negative price", item -> item.put("expectedPrice", -5)),
        item("no price", item -> item.remove("expectedPrice")),
        item("no price version", item -> item.remove("priceVersion")));
  }

  Stream<RefusedRequest> bodies() {
    return Stream.of("{", "", "[]", "\"order\"", "{\"items\": 7}")
        .map(text ->
            new RefusedRequest(
                "body " + text,
                400,
                "VALIDATION_FAILED",
                it -> it.as(ALICE).post("/orders", text)));
  }

  @Test
  void a_refusal_says_what_would_have_been_right() {
    var stale =
        shop.place(
            OrderRequest.of(ALICE, product, 1, OrderRequest.VISA)
                .atPrice(new BigDecimal(49_999), 1));
    var change = stale.body().path("changes").path(0);
    assertThat(change.path("productId").asString()).isEqualTo(product.productId());
    assertThat(change.path("expectedPrice").decimalValue()).isEqualByComparingTo("49999");
    assertThat(change.path("currentPrice").decimalValue()).isEqualByComparingTo("50000");
    assertThat(change.path("currentVersion").asLong()).isEqualTo(product.priceVersion());

    var short11 = shop.place(OrderRequest.of(ALICE, product, IN_STOCK + 1, OrderRequest.VISA));
    var shortage = short11.body().path("shortages").path(0);
    assertThat(shortage.path("productId").asString()).isEqualTo(product.productId());
    assertThat(shortage.path("requested").asLong()).isEqualTo(IN_STOCK + 1);
    assertThat(shortage.path("available").asLong()).isEqualTo(IN_STOCK);
  }

  private RefusedRequest key(String name, String key) {
    return order(name, 400, "INVALID_IDEMPOTENCY_KEY", body -> body.put("version", key));
  }

  private RefusedRequest item(String name, Consumer<ObjectNode> spoil) {
    return order(name, 400, "VALIDATION_FAILED", body -> spoil.accept(first(body)));
  }

  private RefusedRequest order(String name, int status, String code, Consumer<ObjectNode> spoil) {
    return new RefusedRequest(
        name,
        status,
        code,
        it -> {
          var body = validBody();
          spoil.accept(body);
          return it.as(ALICE).post("/orders", body);
        });
  }

  private ObjectNode validBody() {
    return JsonMapper.shared().valueToTree(OrderRequest.of(ALICE, product, 1, OrderRequest.VISA));
  }

  private static ObjectNode first(ObjectNode body) {
    return (ObjectNode) body.withArray("items").get(0);
  }
}
