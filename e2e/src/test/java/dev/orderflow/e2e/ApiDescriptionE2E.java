package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.BOB;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.DeadLetterStore;
import dev.orderflow.e2e.description.ApiDescription;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.OrderRequest.Contact;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the platform answers is what its description says. */
@Tag("front-door")
@RunsOn(Setup.ONE_OF_EACH)
class ApiDescriptionE2E {
  private static final int IN_STOCK = 1_000;
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ShopClient shop;
  private final DeadLetterStore deadLetters;
  private ApiDescription description;
  private Product product;
  private Product offSale;
  private Order confirmed;

  ApiDescriptionE2E(PlatformUnderTest platform) {
    this.shop = platform.shop();
    deadLetters = new DeadLetterStore(platform.cluster().postgres());
  }

  @BeforeAll
  void there_is_something_to_ask_for() {
    // A service that has just started takes its time for the first one.
    var answer =
        await("the description")
            .atMost(Duration.ofSeconds(90))
            .until(() -> shop.anybody().get("/v3/api-docs"), one -> one.status() == 200);
    description = new ApiDescription(answer.body());
    product = shop.newProduct(IN_STOCK);
    offSale = shop.newProduct(1);
    ShopClient.answered(() -> shop.as(STAFF).post(path(offSale, "deactivate"), ""));
    confirmed = shop.awaitFinal(shop.placed(OrderRequest.of(ALICE, product, 1, OrderRequest.VISA)));
  }

  @Test
  void every_call_succeeds_as_described() {
    var staff = shop.as(STAFF);
    var alice = shop.as(ALICE);
    allowed(shop.anybody().get("/products?pageSize=1"), 200);
    // What was ordered before is being sold, and each step of it changes what is shown.
    await("it is not modified")
        .atMost(SOON)
        .untilAsserted(() -> {
          var read = allowed(shop.anybody().get(path(product, "")), 200);
          allowed(shop.anybody().get(path(product, ""), "If-None-Match", read.header("ETag")), 304);
        });
    allowed(staff.post("/products", newProduct("PROD-" + UUID.randomUUID())), 201);
    var priced = staff.put(path(offSale, "price"), Map.of("price", 7), "If-Match", "\"1\"");
    assertThat(allowed(priced, 200).header("ETag")).isEqualTo("\"2\"");
    var consistency = "Orderflow-Consistency";
    var mark = priced.header(consistency);
    allowed(() -> shop.anybody().get(path(offSale, ""), consistency, mark), 200);
    allowed(staff.post(path(offSale, "activate"), ""), 200);
    allowed(staff.post(path(offSale, "deactivate"), ""), 200);
    allowed(
        staff.post("/inventory/" + product.productId() + "/receipts", "{\"quantity\": 1}"), 200);
    for (var replayed : List.of("", "true")) {
      var received = staff.post(receipts(), "{\"quantity\": 1}", "Idempotency-Key", "note-1");
      assertThat(allowed(received, 200).header("Idempotent-Replayed")).isEqualTo(replayed);
    }
    allowed(shop.anybody().get("/inventory/" + product.productId()), 200);
    var products = "productId,name,price,currency\nPROD-%s,A file's,1,VND\nno id,,,\n";
    var csv = new String[] {"Content-Type", "text/csv"};
    var file = products.formatted(UUID.randomUUID());
    allowed(staff.post("/products/import", file, csv), 200);
    var receipts = "productId,quantity\n%s,1\n,1\n".formatted(product.productId());
    allowed(staff.post("/inventory/import", receipts, csv), 200);

    var contact = new Contact("Alice", "alice@example.com", "Here\n1");
    var request = order().to(contact, "vi");
    var placed = allowed(alice.post("/orders", request), 201);
    allowed(alice.post("/orders", request), 200);
    allowed(() -> alice.get(placed.header("Location")), 200);
    var read2 = allowed(alice.get("/orders/" + confirmed.orderId()), 200);
    var again = alice.get("/orders/" + confirmed.orderId(), "If-None-Match", read2.header("ETag"));
    allowed(again, 304);
    allowed(alice.get("/orders?pageSize=1"), 200);
    var events = "/orders/" + confirmed.orderId() + "/events";
    allowed(alice.get(events), 200);
    allowed(alice.get(events, "Last-Event-ID", "2"), 204);
    allowed(alice.get("/orders?status=CONFIRMED&placedFrom=2026-01-01T00:00:00Z"), 200);
    allowed(shop.anybody().get("/products?q=am%20sieu"), 200);
    allowed(staff.get("/orders"), 200);
    allowed(staff.get("/admin/orders?userId=alice&productId=" + product.productId()), 200);
    allowed(staff.get("/admin/orders.csv?orderId=" + confirmed.orderId()), 200);
    // Which is not paid before it is cancelled.
    var open = shop.placed(OrderRequest.of(ALICE, product, 1, OrderRequest.NO_ANSWER));
    allowed(alice.post("/orders/" + open.orderId() + "/cancel", ""), 202);
    allowed(alice.get("/orders/" + shop.awaitFinal(open).orderId()), 200);
    allowed(alice.get("/customers/alice/personal-data"), 200);
    allowed(alice.delete("/customers/alice/personal-data"), 204);

    deadLetters.keepConfirmation(confirmed.orderId());
    allowed(staff.get("/admin/dead-letters"), 200);
    var kept = shop.deadLetters("").getFirst();
    assertThat(kept.path("orderId").asString()).isEqualTo(confirmed.orderId());
    var letter = "/admin/dead-letters/" + kept.path("id").asString();
    allowed(staff.post(letter + "/retry", ""), 202);
    await("the letter is sent on").atMost(SOON).until(() -> shop.deadLetters("").isEmpty());
    allowed(staff.get(letter), 200);
    allowed(staff.get("/admin/dead-letters?state=DONE&source=order-saga&pageSize=1"), 200);
    deadLetters.keepConfirmation(confirmed.orderId());
    allowed(staff.post("/admin/dead-letters/retry", "{\"cause\":\"a test\"}"), 202);
    await("the letters are sent on").atMost(SOON).until(() -> shop.deadLetters("").isEmpty());

    deadLetters.keepForeignRecord("ORD-foreign");
    var foreign = shop.deadLetters("?source=order-view").getFirst();
    assertThat(foreign.at("/record/key").asString()).isEqualTo("ORD-foreign");
    var record = "/admin/dead-letters/" + foreign.path("id").asString();
    allowed(staff.post(record + "/retry", ""), 202);
    allowed(staff.delete(record + "?reason=a%20test"), 202);
    await("the record is discarded").atMost(SOON).until(() -> shop.deadLetters("").isEmpty());

    allowed(staff.post("/admin/projections/order-view/rebuild", ""), 202);
    allowed(staff.get("/admin/projections"), 200);
    allowed(staff.delete("/admin/projections/order-view/rebuild"), 202);
    allowed(staff.post("/admin/publication/republish", ""), 202);
    allowed(staff.get("/admin/publication"), 200);
    allowed(staff.get("/admin/overview"), 200);
    allowed(staff.get("/admin/staff-actions"), 200);
    allowed(staff.get("/admin/streams/order-" + confirmed.orderId()), 200);
    allowed(staff.get("/admin/orders/" + confirmed.orderId() + "/timeline"), 200);
    allowed(staff.get("/admin/tasks?pageSize=1"), 200);
    allowed(staff.post("/admin/projections/order-view/comparison", ""), 202);
    allowed(staff.get("/admin/projections"), 200);
    var traces = allowed(staff.get("/admin/traces?limit=1"), 200).body().path("traces");
    allowed(staff.get("/admin/traces/" + traces.get(0).path("traceId").asString()), 200);

    allowed(staff.put("/admin/demo/provider", Map.of("mode", "NORMAL")), 204);
    var sale = Map.of("ordersPerSecond", 1, "seconds", 1);
    allowed(() -> staff.post("/admin/demo/sale", sale), 202);
    allowed(staff.delete("/admin/demo/sale"), 202);
    allowed(staff.post("/admin/demo/instances/saga/1/start", ""), 202);
    allowed(staff.get("/admin/demo"), 200);

    // It has no end, and stops an instance.
    assertThat(description.successesNotSeen())
        .containsExactlyInAnyOrder(
            "get /admin/events 200", "post /admin/demo/instances/{service}/{instance}/stop 202");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void every_error_is_as_described(Failing failing) {
    var answer = ShopClient.answered(() -> failing.request().apply(shop));

    assertThat(answer.code()).as("%s", answer).isEqualTo(failing.code());
    description.assertThatItAllows(answer);
  }

  private String receipts() {
    return "/inventory/" + product.productId() + "/receipts";
  }

  record Failing(String code, String name, Function<ShopClient, Answer> request) {
    @Override
    public String toString() {
      return code + ": " + name;
    }
  }

  Stream<Failing> every_error_is_as_described() {
    var unknownOrder = "/orders/ORD-00000000000000000000000000000000";
    var used = order();
    return Stream.of(
        place("MISSING_IDEMPOTENCY_KEY", body -> body.remove("version")),
        place("INVALID_IDEMPOTENCY_KEY", body -> body.put("version", "abc")),
        place("INVALID_IDEMPOTENCY_KEY", body -> body.put("version", OrderRequest.newKey(BOB))),
        place("VALIDATION_FAILED", body -> body.putArray("items")),
        place("PRICE_CHANGED", body -> line(body).put("expectedPrice", 1)),
        place("INSUFFICIENT_STOCK", body -> line(body).put("quantity", 10_000)),
        place("PRODUCT_NOT_FOUND", body -> line(body).put("productId", "PROD-UNKNOWN")),
        place("PRODUCT_INACTIVE", body -> line(body).put("productId", offSale.productId())),
        failing(
            "IDEMPOTENCY_KEY_REUSED",
            "placing another order",
            it -> {
              it.answered(used);
              var other = JsonMapper.shared().<ObjectNode>valueToTree(used);
              line(other).put("quantity", 2);
              return it.as(ALICE).post("/orders", other);
            }),
        failing("UNAUTHENTICATED", "placing", it -> it.anybody().post("/orders", order())),
        failing("UNAUTHENTICATED", "a bad token", it -> it.bearer("x").get("/products")),
        failing("FORBIDDEN", "placing", it -> it.as(STAFF).post("/orders", order())),
        failing("FORBIDDEN", "making", it -> it.as(ALICE).post("/products", newProduct("X"))),
        failing("FORBIDDEN", "erasing", it -> it.as(BOB).delete("/customers/alice/personal-data")),
        failing("VALIDATION_FAILED", "a page", it -> it.anybody().get("/products?pageSize=-1")),
        failing("VALIDATION_FAILED", "a place", it -> it.as(ALICE).get("/orders?pageToken=x")),
        failing("FORBIDDEN", "reading", it -> it.as(BOB).get("/customers/alice/personal-data")),
        failing("FORBIDDEN", "all orders", it -> it.as(BOB).get("/admin/orders")),
        failing("FORBIDDEN", "an export", it -> it.as(BOB).get("/admin/orders.csv")),
        failing("VALIDATION_FAILED", "a state", it -> it.as(ALICE).get("/orders?status=x")),
        failing("VALIDATION_FAILED", "an id", it -> it.as(STAFF).get("/admin/orders?orderId=x")),
        failing(
            "VALIDATION_FAILED",
            "a time",
            it -> it.as(STAFF).get("/admin/orders.csv?placedTo=today")),
        failing(
            "VALIDATION_FAILED",
            "a long search",
            it -> it.anybody().get("/products?q=" + "a".repeat(101))),
        failing(
            "VALIDATION_FAILED",
            "no write's answer",
            it -> it.anybody().get("/products", "Orderflow-Consistency", "x")),
        failing("VALIDATION_FAILED", "making", it -> it.as(STAFF).post("/products", "{}")),
        failing(
            "VALIDATION_FAILED",
            "receiving",
            it -> it.as(STAFF).post("/inventory/" + product.productId() + "/receipts", "{}")),
        failing(
            "VALIDATION_FAILED",
            "whose data",
            it -> it.as(STAFF).delete("/customers/a%20b/personal-data")),
        failing(
            "NOT_FOUND",
            "retrying",
            it -> it.as(STAFF).post("/admin/dead-letters/saga-999999999/retry", "")),
        failing(
            "NOT_FOUND",
            "discarding",
            it -> it.as(STAFF).delete("/admin/dead-letters/query-side-999999999?reason=a%20test")),
        failing(
            "VALIDATION_FAILED",
            "discarding without a reason",
            it -> it.as(STAFF).delete("/admin/dead-letters/saga-1")),
        failing(
            "VALIDATION_FAILED",
            "retrying letters of no cause",
            it -> it.as(STAFF).post("/admin/dead-letters/retry", "{}")),
        failing(
            "VALIDATION_FAILED",
            "letters of no state",
            it -> it.as(STAFF).get("/admin/dead-letters?state=LOST")),
        failing(
            "NOT_FOUND",
            "a letter that there is not",
            it -> it.as(STAFF).get("/admin/dead-letters/saga-999999999")),
        failing(
            "NOT_FOUND",
            "rebuilding",
            it -> it.as(STAFF).post("/admin/projections/no-view/rebuild", "")),
        failing(
            "NOT_FOUND",
            "comparing",
            it -> it.as(STAFF).post("/admin/projections/no-view/comparison", "")),
        failing(
            "VALIDATION_FAILED",
            "directing the provider",
            it -> it.as(STAFF).put("/admin/demo/provider", Map.of("mode", "x"))),
        failing(
            "VALIDATION_FAILED",
            "too large a sale",
            it ->
                it.as(STAFF)
                    .post("/admin/demo/sale", Map.of("ordersPerSecond", 501, "seconds", 1))),
        failing(
            "NOT_FOUND",
            "stopping",
            it -> it.as(STAFF).post("/admin/demo/instances/saga/17/stop", "")),
        failing("FORBIDDEN", "a sale", it -> it.as(ALICE).delete("/admin/demo/sale")),
        failing("NOT_FOUND", "a trace", it -> it.as(STAFF).get("/admin/traces/x")),
        failing("VALIDATION_FAILED", "traces", it -> it.as(STAFF).get("/admin/traces?limit=0")),
        failing("ORDER_NOT_FOUND", "reading", it -> it.as(ALICE).get(unknownOrder)),
        failing(
            "ORDER_NOT_FOUND",
            "reading another customer's",
            it -> it.as(BOB).get("/orders/" + confirmed.orderId())),
        failing(
            "ORDER_NOT_FOUND",
            "its timeline",
            it -> it.as(STAFF).get("/admin" + unknownOrder + "/timeline")),
        failing("ORDER_NOT_FOUND", "watching", it -> it.as(ALICE).get(unknownOrder + "/events")),
        failing(
            "ORDER_NOT_FOUND", "cancelling", it -> it.as(ALICE).post(unknownOrder + "/cancel", "")),
        failing(
            "ORDER_NOT_CANCELLABLE",
            "cancelling",
            it -> it.as(ALICE).post("/orders/" + confirmed.orderId() + "/cancel", "")),
        failing("PRODUCT_NOT_FOUND", "reading", it -> it.anybody().get("/products/PROD-UNKNOWN")),
        failing("PRODUCT_NOT_FOUND", "stock", it -> it.anybody().get("/inventory/PROD-UNKNOWN")),
        failing(
            "PRODUCT_NOT_FOUND",
            "receiving",
            it -> it.as(STAFF).post("/inventory/PROD-UNKNOWN/receipts", "{\"quantity\": 1}")),
        failing(
            "INVALID_IDEMPOTENCY_KEY",
            "receiving",
            it -> it.as(STAFF).post(receipts(), "{\"quantity\": 1}", "Idempotency-Key", "a b")),
        failing(
            "IDEMPOTENCY_KEY_REUSED",
            "receiving",
            it -> {
              it.as(STAFF).post(receipts(), "{\"quantity\": 1}", "Idempotency-Key", "note-2");
              return it.as(STAFF)
                  .post(receipts(), "{\"quantity\": 2}", "Idempotency-Key", "note-2");
            }),
        failing(
            "PRODUCT_NOT_FOUND",
            "activating",
            it -> it.as(STAFF).post("/products/PROD-UNKNOWN/activate", "")),
        failing(
            "PRODUCT_NOT_FOUND",
            "deactivating",
            it -> it.as(STAFF).post("/products/PROD-UNKNOWN/deactivate", "")),
        failing(
            "PRODUCT_NOT_FOUND",
            "pricing",
            it -> it.as(STAFF).put("/products/PROD-UNKNOWN/price", Map.of("price", 1))),
        failing(
            "PRODUCT_ALREADY_EXISTS",
            "making",
            it -> it.as(STAFF).post("/products", newProduct(product.productId()))),
        failing(
            "PRECONDITION_FAILED",
            "pricing",
            it ->
                it.as(STAFF)
                    .put(path(product, "price"), Map.of("price", 1), "If-Match", "\"99\"")));
  }

  @Test
  void a_field_is_required_exactly_when_the_description_says_so() {
    assertRequired(
        description.requestBody("/products", "post"),
        () -> newProduct("PROD-" + UUID.randomUUID()),
        body -> body,
        body -> shop.as(STAFF).post("/products", body));
    var order = description.requestBody("/orders", "post");
    // The key, which is not named here, may be in the body or in a header.
    assertRequired(
        order,
        () ->
            JsonMapper.shared()
                .<ObjectNode>valueToTree(order().to(new Contact("A", "a@b.c", "D"), "en"))
                .without("version"),
        body -> body,
        body -> place(body, OrderRequest.newKey(ALICE)));
    assertRequired(
        description.resolve(order.path("properties").path("items").path("items")),
        () -> JsonMapper.shared().<ObjectNode>valueToTree(order()).without("version"),
        ApiDescriptionE2E::line,
        body -> place(body, OrderRequest.newKey(ALICE)));
  }

  private static void assertRequired(
      JsonNode schema,
      Supplier<ObjectNode> valid,
      Function<ObjectNode, ObjectNode> part,
      Function<ObjectNode, Answer> send) {
    var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
    for (var name : part.apply(valid.get()).propertyNames()) {
      var body = valid.get();
      part.apply(body).remove(name);
      assertThat(ShopClient.answered(() -> send.apply(body)).status())
          .as("without %s", name)
          .isEqualTo(required.contains(name) ? 400 : 201);
    }
    assertThat(schema.path("properties").propertyNames()).containsAll(required);
  }

  @Test
  void a_call_that_needs_no_token_says_so() {
    var paths = description.document().path("paths");
    for (var open : List.of("/products", "/products/{productId}", "/inventory/{productId}")) {
      assertThat(paths.path(open).path("get").path("security").toString()).isEqualTo("[]");
    }
    assertThat(paths.path("/products").path("post").path("security").toString())
        .isEqualTo("[{\"token\":[\"staff\"]},{\"signIn\":[\"staff\"]}]");
    assertThat(paths.path("/orders").path("post").path("security").toString())
        .isEqualTo("[{\"token\":[\"customer\"]},{\"signIn\":[\"customer\"]}]");
  }

  @Test
  void a_page_shows_it_and_everything_on_it_comes_from_the_gateway() {
    var page = shop.anybody().get("/docs");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    var addresses =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text()).results().toList();
    assertThat(addresses).hasSizeGreaterThan(3);
    for (var address : addresses) {
      assertThat(address.group(1)).startsWith("/").doesNotStartWith("//");
      assertThat(shop.anybody().get(address.group(1)).status()).as(address.group(1)).isEqualTo(200);
    }
  }

  /** What needs others first, who may be late on a busy machine. */
  private Answer allowed(Supplier<Answer> call, int status) {
    return allowed(ShopClient.answered(call), status);
  }

  private Answer allowed(Answer answer, int status) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    description.assertThatItAllows(answer);
    return answer;
  }

  private Failing place(String code, Consumer<ObjectNode> spoil) {
    return failing(
        code,
        "placing",
        it -> {
          var body = JsonMapper.shared().<ObjectNode>valueToTree(order());
          spoil.accept(body);
          return it.as(ALICE).post("/orders", body);
        });
  }

  private Answer place(ObjectNode body, String key) {
    return shop.as(ALICE).post("/orders", body, "Idempotency-Key", key);
  }

  private static Failing failing(String code, String name, Function<ShopClient, Answer> request) {
    return new Failing(code, name, request);
  }

  private OrderRequest order() {
    return OrderRequest.of(ALICE, product, 1, OrderRequest.VISA);
  }

  private static String path(Product product, String call) {
    return "/products/" + product.productId() + (call.isEmpty() ? "" : "/" + call);
  }

  private static ObjectNode line(ObjectNode order) {
    return (ObjectNode) order.withArray("items").get(0);
  }

  private static ObjectNode newProduct(String productId) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("productId", productId)
        .put("name", "x")
        .put("description", "x")
        .put("price", 1)
        .put("currency", "VND");
  }
}
