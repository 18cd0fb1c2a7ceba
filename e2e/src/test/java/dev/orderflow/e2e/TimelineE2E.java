package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Answer;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.OrderRequest.Contact;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Staff see the whole way of one order, from its call to its row, whatever happened on the way. */
@RunsOn(Setup.ONE_OF_EACH)
class TimelineE2E {
  /** Spans are sent once a second; a killed saga is back after some seconds. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalPlatform platform;
  private final ShopClient shop;

  TimelineE2E(LocalPlatform platform) {
    this.platform = platform;
    this.shop = platform.shop();
  }

  @Test
  void a_confirmed_order_is_told_from_its_call_to_its_row() {
    var order = shop.awaitFinal(placed(OrderRequest.VISA));

    var timeline =
        awaitSteps(
            order,
            "HTTP POST /orders",
            "COMMAND PlaceOrder",
            "EVENT StockReservedEvent",
            "EVENT OrderPlacedEvent",
            "RECORD OrderPlacedEvent",
            "SAGA OrderPlacedEvent",
            "COMMAND RequestPayment",
            "EVENT PaymentRequestedEvent",
            "PROVIDER charge",
            "EVENT PaymentCompletedEvent",
            "COMMAND ConfirmOrder",
            "EVENT StockCommittedEvent",
            "EVENT OrderConfirmedEvent",
            "RECORD OrderConfirmedEvent",
            "SAGA ENDED",
            "MAIL PLACED",
            "MAIL CONFIRMED",
            "ROW OrderPlacedEvent",
            "ROW OrderConfirmedEvent",
            "ROW order-view",
            "ANNOUNCEMENT product");

    assertThat(timeline.path("status").asString()).isEqualTo("CONFIRMED");
    assertThat(timeline.path("traceId").asString()).hasSize(32);
    assertThat(timeline.path("truncated").asBoolean()).isFalse();
    assertThat(timeline.has("missing")).isFalse();
    assertThat(times(timeline)).isSorted();
    assertThat(steps(timeline))
        .containsSubsequence(
            "HTTP POST /orders",
            "COMMAND PlaceOrder",
            "EVENT OrderPlacedEvent",
            "EVENT PaymentRequestedEvent",
            "EVENT PaymentCompletedEvent",
            "EVENT OrderConfirmedEvent");
    var placed = only(timeline, "EVENT OrderPlacedEvent");
    assertThat(placed.path("stream").asString()).isEqualTo("order-" + order.orderId());
    assertThat(placed.at("/event/published").asBoolean()).isTrue();
    assertThat(placed.at("/event/command").asString()).isEqualTo("PlaceOrder");
    assertThat(placed.at("/payload/paymentMethod").asString()).isEqualTo("hidden");
    var record = only(timeline, "RECORD OrderPlacedEvent");
    assertThat(record.at("/event/id")).isEqualTo(placed.at("/event/id"));
    assertThat(record.at("/payload/topic").asString()).isEqualTo("orders");
    assertThat(record.at("/payload/offset").isIntegralNumber()).isTrue();
    assertThat(only(timeline, "PROVIDER charge").at("/payload/outcome").asString())
        .isEqualTo("SUCCESS");
    // The rows are read before the traces, which may tell already that the last event is in.
    await("the row has both events")
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(
                    only(awaitSteps(order, "ROW order-view"), "ROW order-view")
                        .at("/payload/version")
                        .asInt())
                .isEqualTo(2));
  }

  @Test
  void a_declined_order_is_told_to_the_end_while_the_saga_is_away_and_after() {
    var order = shop.awaitFinal(placed(OrderRequest.DECLINED));
    var steps =
        new String[] {
          "EVENT OrderPlacedEvent",
          "EVENT PaymentCompletedEvent",
          "EVENT StockReleasedEvent",
          "EVENT OrderCancelledEvent",
          "ROW order-view"
        };
    var all =
        Stream.concat(
                Stream.of(steps), Stream.of("PROVIDER charge", "SAGA ENDED", "MAIL CANCELLED"))
            .toArray(String[]::new);
    awaitSteps(order, all);

    var saga = platform.cluster().service("saga");
    Processes.freeze(saga.pid());
    try {
      var without = awaitSteps(order, steps);
      assertThat(without.path("missing")).extracting(JsonNode::asString).containsExactly("saga");
      assertThat(without.path("status").asString()).isEqualTo("CANCELLED");
    } finally {
      Processes.thaw(saga.pid());
    }
    Processes.kill(saga.pid());

    var timeline = awaitSteps(order, all);
    assertThat(timeline.has("missing")).isFalse();
    assertThat(only(timeline, "PROVIDER charge").at("/payload/outcome").asString())
        .isEqualTo("FAILED");
  }

  private Order placed(String paymentMethod) {
    var name = UUID.randomUUID().toString();
    return shop.placed(
        OrderRequest.of(ALICE, shop.newProduct(1), 1, paymentMethod)
            .to(new Contact(name, name + "@example.com", name), "en"));
  }

  /** The timeline, once it has all these steps. */
  private JsonNode awaitSteps(Order order, String... steps) {
    return await("the timeline of " + order.orderId())
        .atMost(LIMIT)
        .until(
            () -> {
              var answer = get(order);
              assertThat(answer.status()).isEqualTo(200);
              return answer.body();
            },
            timeline -> steps(timeline).containsAll(List.of(steps)));
  }

  private Answer get(Order order) {
    return shop.as(STAFF).get("/admin/orders/" + order.orderId() + "/timeline");
  }

  private static List<String> steps(JsonNode timeline) {
    return entries(timeline).stream().map(TimelineE2E::step).toList();
  }

  private static String step(JsonNode entry) {
    return entry.path("kind").asString() + " " + entry.path("name").asString();
  }

  private static List<JsonNode> entries(JsonNode timeline) {
    return StreamSupport.stream(timeline.path("entries").spliterator(), false).toList();
  }

  private static List<Instant> times(JsonNode timeline) {
    return entries(timeline).stream()
        .map(entry -> Instant.parse(entry.path("at").asString()))
        .toList();
  }

  private static JsonNode only(JsonNode timeline, String step) {
    assertThat(entries(timeline)).filteredOn(entry -> step(entry).equals(step)).hasSize(1);
    return entries(timeline).stream().filter(entry -> step(entry).equals(step)).findFirst().get();
  }
}
