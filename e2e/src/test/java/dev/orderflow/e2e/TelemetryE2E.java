package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.audit.DeadLetterStore;
import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.OrderRequest.Contact;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One order is one trace, whatever happens on the way, and there is nothing personal in it. */
@RunsOn(Setup.ONE_OF_EACH)
class TelemetryE2E {
  private static final int FEWEST_NAMES = 12;

  /**
   * Spans are sent once a second; a killed saga is back, and its tasks are due, after some 20 s.
   */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Set<String> SERVICES =
      Set.of("gateway", "command-side", "query-side", "saga");

  private static final List<String> STEPS =
      List.of(
          "http post /orders",
          "PlaceOrder",
          "decide",
          "append",
          "publish OrderPlacedEvent",
          "order-saga OrderPlacedEvent",
          "RequestPayment",
          "payment-worker PaymentRequestedEvent",
          "CompletePayment",
          "order-saga PaymentCompletedEvent",
          "ConfirmOrder",
          "publish OrderConfirmedEvent",
          "notification-worker OrderConfirmedEvent");

  private final LocalPlatform platform;
  private final ShopClient shop;

  TelemetryE2E(LocalPlatform platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @Test
  void one_order_is_one_trace_over_all_services_and_has_nothing_personal() {
    var secret = "x" + UUID.randomUUID().toString().replace("-", "");
    var contact = new Contact("Name" + secret, secret + "@example.com", "Road " + secret);
    var request =
        OrderRequest.of(ALICE, shop.newProduct(1), 1, OrderRequest.VISA).to(contact, "en");

    var order = shop.awaitFinal(shop.placed(request));
    shop.as(ALICE).get("/customers/" + ALICE + "/personal-data");

    assertThat(order.status()).isEqualTo("CONFIRMED");
    var trace =
        awaitTrace(
            order.orderId(),
            List.of("charge", "mail PLACED", "mail CONFIRMED", "order-view OrderPlacedEvent"));
    assertThat(trace.toString())
        .doesNotContain(secret)
        .doesNotContain(OrderRequest.VISA)
        .doesNotContain(shop.accessToken(ALICE));
    assertThat(attributes(trace))
        .noneMatch(name -> name.startsWith("db."))
        .doesNotContain("http.url", "url.full", "url.query", "url.path")
        .doesNotContain("user_agent.original", "client.address", "enduser.id");
    assertThat(names(traces("", 200).path("traces")))
        .as("of all traces")
        .noneMatch(name -> name.contains(ALICE) || name.contains("?"));
  }

  @Test
  void what_staff_are_shown_of_an_order_and_what_is_logged_has_nothing_personal() throws Exception {
    var secret = "x" + UUID.randomUUID().toString().replace("-", "");
    var contact = new Contact("Name" + secret, secret + "@example.com", "Road " + secret);
    var product = shop.newProduct(2);
    var request = OrderRequest.of(ALICE, product, 1, OrderRequest.VISA).to(contact, "en");
    var unanswered = OrderRequest.of(ALICE, product, 1, OrderRequest.NO_ANSWER).to(contact, "en");
    var shown = new ArrayList<String>();
    var tail = new ConcurrentLinkedQueue<String>();
    try (var http = HttpClient.newHttpClient()) {
      var events = http.send(watchEvents(), BodyHandlers.ofLines()).body();
      // Its failure when the client ends stays here: on a thread alone it would fail any test that
      // waits.
      var reading =
          CompletableFuture.runAsync(() -> events.forEach(tail::add), Thread::startVirtualThread);

      var order = shop.awaitFinal(shop.placed(request)).orderId();
      await("the events of " + order)
          .atMost(LIMIT)
          .until(() -> List.copyOf(tail).toString().contains("OrderConfirmedEvent"));
      http.shutdownNow();
      await("the end of the tail").atMost(LIMIT).until(reading::isDone);

      var keeping = new DeadLetterStore(platform.cluster().postgres());
      keeping.keepPayment(order, OrderRequest.VISA);
      var waiting = shop.placed(unanswered).orderId();
      try {
        await("a task of " + waiting).atMost(LIMIT).until(() -> tasks().contains(waiting));
        shown.addAll(shownOf(order, product));
      } finally {
        // An order that never ends would fail the audits of all later tests.
        ShopClient.answered(() -> shop.as(ALICE).post("/orders/" + waiting + "/cancel", ""));
      }
      var letters = shop.deadLetters("?orderId=" + order);
      assertThat(letters).hasSize(1);
      var letter = letters.getFirst().path("id").asString();
      var discarded = shop.as(STAFF).delete("/admin/dead-letters/" + letter + "?reason=test");
      assertThat(discarded.status()).as("%s", discarded).isEqualTo(202);
    }

    shown.addAll(tail);
    assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain(ofAlice(secret)));
    assertThat(Logs.of(platform).lines())
        .isNotEmpty()
        .noneMatch(line -> Stream.of(ofAlice(secret)).anyMatch(line::contains));
  }

  private List<String> shownOf(String order, Product product) {
    return Stream.of(
            "/admin/orders/" + order + "/timeline",
            "/admin/orders?orderId=" + order,
            "/admin/streams/order-" + order,
            "/admin/streams/payment-PAY-" + order.substring("ORD-".length()),
            "/admin/streams/stock-" + product.productId(),
            "/admin/overview",
            "/admin/projections",
            "/admin/tasks",
            "/admin/staff-actions",
            "/admin/dead-letters")
        .map(path -> {
          var answer = shop.as(STAFF).get(path);
          assertThat(answer.status()).as(path).isEqualTo(200);
          return answer.text();
        })
        .toList();
  }

  private String tasks() {
    return shop.as(STAFF).get("/admin/tasks").text();
  }

  private HttpRequest watchEvents() {
    return HttpRequest.newBuilder(URI.create(platform.cluster().gateway().url() + "/admin/events"))
        .header("Authorization", "Bearer " + shop.accessToken(STAFF))
        .build();
  }

  private String[] ofAlice(String contact) {
    return new String[] {
      contact, OrderRequest.VISA, shop.accessToken(ALICE), shop.accessToken(STAFF)
    };
  }

  @Test
  void a_trace_goes_on_when_the_saga_is_killed_in_the_middle() {
    // Under way for so long that spans arrive before, also on a busy machine: what has ended just
    // before the kill is not told.
    var request = OrderRequest.of(ALICE, shop.newProduct(1), 1, OrderRequest.LOST_ANSWER);
    var placed = shop.placed(request);
    await("the payment is asked for")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() ->
            traces(placed.orderId(), 1)
                .path("traces")
                .valueStream()
                .anyMatch(
                    trace -> names(spans(trace)).contains("payment-worker PaymentRequestedEvent")));

    Processes.kill(platform.cluster().service("saga").pid());

    assertThat(shop.awaitFinal(placed).status()).isEqualTo("CONFIRMED");
    awaitTrace(placed.orderId(), List.of());
  }

  /** The one trace of an order, once all its steps have arrived. */
  private JsonNode awaitTrace(String orderId, Collection<String> further) {
    var expected = new TreeSet<>(STEPS);
    expected.addAll(further);
    await("the trace of " + orderId)
        .atMost(LIMIT)
        .untilAsserted(() -> {
          var spans = spans(orderTrace(orderId));
          assertThat(names(spans)).containsAll(expected).hasSizeGreaterThanOrEqualTo(FEWEST_NAMES);
          assertThat(spans.valueStream().map(span -> span.path("service").asString()))
              .containsAll(SERVICES);
        });
    return spans(orderTrace(orderId));
  }

  /** Reads of the order are traces, too; only one of all has its placement. */
  private JsonNode orderTrace(String orderId) {
    var placed =
        traces(orderId, 200)
            .path("traces")
            .valueStream()
            .filter(trace -> names(spans(trace)).contains("PlaceOrder"))
            .toList();
    assertThat(placed).hasSize(1);
    return placed.getFirst();
  }

  private JsonNode traces(String key, int limit) {
    var about = key.isEmpty() ? "" : "&key=" + key;
    return shop.as(STAFF).get("/admin/traces?limit=" + limit + about).body();
  }

  private JsonNode spans(JsonNode trace) {
    return shop.as(STAFF)
        .get("/admin/traces/" + trace.path("traceId").asString())
        .body()
        .path("spans");
  }

  private static Set<String> names(JsonNode named) {
    return named
        .valueStream()
        .map(one -> one.path("name").asString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> attributes(JsonNode spans) {
    return spans
        .valueStream()
        .flatMap(span -> span.path("attributes").propertyNames().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
