package dev.orderflow.e2e.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What customers and staff do. */
public final class ShopClient {
  public static final String ALICE = "alice";
  public static final String BOB = "bob";
  public static final String CAROL = "carol";
  public static final String STAFF = "admin";

  /** More than a healthy platform needs for anything. */
  private static final Duration SOON = Duration.ofSeconds(30);

  /** More than a platform needs that heals meanwhile. */
  private static final Duration EVENTUALLY = Duration.ofSeconds(90);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String gateway;
  private final Map<String, HttpCaller> callers = new ConcurrentHashMap<>();

  public ShopClient(String gateway) {
    this.gateway = gateway;
  }

  /** A caller without a token. */
  public HttpCaller anybody() {
    return new HttpCaller(http, gateway, null);
  }

  /** A caller with this token, which may be wrong. */
  public HttpCaller bearer(String token) {
    return new HttpCaller(http, gateway, "Bearer " + token);
  }

  /** A user of the demo, with a token. */
  public HttpCaller as(String user) {
    return callers.computeIfAbsent(user, this::signedIn);
  }

  /** Asks for a token by client credentials. */
  public Answer token(String user, String secret) {
    var basic = Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(UTF_8));
    return new HttpCaller(http, gateway, "Basic " + basic)
        .post(
            "/oauth2/token",
            "grant_type=client_credentials",
            "Content-Type",
            "application/x-www-form-urlencoded");
  }

  /** Makes calls over gRPC in the name of a user. */
  public ClientInterceptor tokenOf(String user) {
    var metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + accessToken(user));
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }

  private HttpCaller signedIn(String user) {
    return bearer(accessToken(user));
  }

  /** A valid token. */
  public String accessToken(String user) {
    var answer = persistently("a token for " + user, EVENTUALLY, () -> token(user, user), 200);
    return answer.body().path("access_token").asString();
  }

  /** Brings in a new product with stock, and waits until it can be seen. */
  public Product newProduct(int pieces) {
    return newProduct("Ấm siêu tốc / Kettle", "1,7 L", pieces);
  }

  /** Brings in a new product with stock, and waits until it can be seen. */
  public Product newProduct(String name, String description, int pieces) {
    var id = "PROD-" + UUID.randomUUID();
    var product =
        Map.of(
            "productId", id,
            "name", name,
            "description", description,
            "price", 50_000,
            "currency", "VND");
    // 409 when it came in with a request whose answer was lost.
    persistently("a product", EVENTUALLY, () -> as(STAFF).post("/products", product), 201, 409);
    var receipt =
        persistently(
            "its stock",
            EVENTUALLY,
            () ->
                as(STAFF)
                    .post(
                        "/inventory/" + id + "/receipts",
                        Map.of("quantity", pieces),
                        "Idempotency-Key",
                        id),
            200);
    // Without the mark an instance may be asked too early, and remember for a moment that there is
    // no such product.
    var mark = new String[] {"Orderflow-Consistency", receipt.header("Orderflow-Consistency")};
    var seen =
        await("the product is seen")
            .atMost(SOON)
            .until(
                () -> anybody().get("/products/" + id, mark),
                answer -> answer.body().path("available").asInt(0) == pieces);
    return JsonMapper.shared().treeToValue(seen.body(), Product.class);
  }

  /** As the query side sees it. */
  public Product product(String productId) {
    var answer =
        persistently("a product", SOON, () -> anybody().get("/products/" + productId), 200);
    return JsonMapper.shared().treeToValue(answer.body(), Product.class);
  }

  /** As the command side sees it. */
  public Stock stock(String productId) {
    var answer = persistently("stock", SOON, () -> as(STAFF).get("/inventory/" + productId), 200);
    return JsonMapper.shared().treeToValue(answer.body(), Stock.class);
  }

  /** One attempt to place an order. */
  public Answer place(OrderRequest request) {
    return as(request.user()).post("/orders", request);
  }

  /** Sends the same request, with the same key, until it is answered, whatever the answer is. */
  public Answer answered(OrderRequest request) {
    return persistently("a request is answered", EVENTUALLY, () -> place(request));
  }

  /**
   * Asks until there is an answer that is not temporary. For what may be asked for twice: on a busy
   * machine anything may be answered 503.
   */
  public static Answer answered(Supplier<Answer> request) {
    return persistently("a request is answered", EVENTUALLY, request::get);
  }

  /**
   * Sends the same request, with the same key, until it is answered: what a good client does when
   * there is no answer, or 503. Any other failure is one.
   */
  public Order placed(OrderRequest request) {
    return persistently("an order is placed", EVENTUALLY, () -> place(request), 200, 201).order();
  }

  /** As a user sees it; an order that was placed is never unknown. */
  public Order order(String user, String orderId) {
    return persistently(
            "an order is read", EVENTUALLY, () -> as(user).get("/orders/" + orderId), 200)
        .order();
  }

  /**
   * What cannot proceed, as all services tell: one that is slow to answer is left out of an answer.
   *
   * @param selection a query, or nothing
   */
  public List<JsonNode> deadLetters(String selection) {
    return await("all services tell what cannot proceed")
        .atMost(SOON)
        .pollDelay(Duration.ZERO)
        .until(
            () -> as(STAFF).get("/admin/dead-letters" + selection),
            answer -> answer.status() == 200 && answer.body().path("missing").isEmpty())
        .body()
        .path("deadLetters")
        .valueStream()
        .toList();
  }

  /** The ids of a customer's orders of a product, the newest first. */
  public List<String> ordersOf(String user, Product product) {
    return as(user)
        .get("/orders?pageSize=100")
        .body()
        .path("orders")
        .valueStream()
        .filter(order -> order.at("/items/0/productId").asString().equals(product.productId()))
        .map(order -> order.path("orderId").asString())
        .toList();
  }

  /** The names of the events of an order's payment, in their order; none before it is requested. */
  public List<String> paymentEvents(Order order) {
    var stream = "/admin/streams/payment-" + order.orderId().replace("ORD-", "PAY-");
    return persistently("a payment is read", SOON, () -> as(STAFF).get(stream), 200, 404)
        .body()
        .path("events")
        .valueStream()
        .map(event -> event.path("eventType").asString().replaceAll(".*\\.", ""))
        .toList();
  }

  /** Waits until an order is confirmed or cancelled. */
  public Order awaitFinal(Order placed) {
    return await("the order is final: " + placed.orderId())
        .atMost(EVENTUALLY)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> order(placed.userId(), placed.orderId()), Order::isFinal);
  }

  /** Waits until both sides see this stock. */
  public void awaitStock(Stock settled) {
    await("stock has settled")
        .atMost(EVENTUALLY)
        .untilAsserted(() -> {
          assertThat(stock(settled.productId())).isEqualTo(settled);
          assertThat(product(settled.productId()).available()).isEqualTo(settled.available());
        });
  }

  private static Answer persistently(String goal, Duration limit, Call call, Integer... expected) {
    var last = new AtomicReference<Answer>();
    await(goal)
        .atMost(limit)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          var answer = call.attempt();
          last.set(answer);
          if (!answer.isTemporary() && expected.length > 0) {
            assertThat(answer.status()).as("%s: %s", goal, answer).isIn((Object[]) expected);
          }
          return !answer.isTemporary();
        });
    return last.get();
  }

  private interface Call {
    Answer attempt();
  }
}
