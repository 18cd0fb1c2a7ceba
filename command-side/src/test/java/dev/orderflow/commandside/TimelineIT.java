package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the event store tells staff of an order's way. */
@ExtendWith(SharedCommandSide.class)
class TimelineIT {
  private final RunningCommandSide commandSide;

  TimelineIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
  }

  @Test
  void the_events_of_an_order_of_its_payment_and_of_its_stock_are_told_and_no_others() {
    var product = commandSide.product(9);
    commandSide.orderId(product);
    var order = commandSide.orderId(product);
    commandSide.orderId(product);
    commandSide.pay(order);
    commandSide.first().send("POST", "/orders/" + order + "/cancel", commandSide.alice(), "");
    commandSide.orderId(product);

    var timeline = timeline(order);

    assertThat(timeline.path("status").asString()).isEqualTo("CANCELLED");
    assertThat(timeline.path("truncated").asBoolean()).isFalse();
    assertThat(entries(timeline))
        .extracting(entry -> entry.path("stream").asString() + " " + entry.path("name").asString())
        .containsExactlyInAnyOrder(
            "stock-" + product + " StockReservedEvent",
            "order-" + order + " OrderPlacedEvent",
            "payment-PAY-" + order.substring(4) + " PaymentRequestedEvent",
            "payment-PAY-" + order.substring(4) + " PaymentCompletedEvent",
            "order-" + order + " OrderCancelledEvent",
            "stock-" + product + " StockReleasedEvent",
            "payment-PAY-" + order.substring(4) + " RefundRequestedEvent");
    assertThat(entries(timeline))
        .allSatisfy(entry -> {
          assertThat(entry.path("kind").asString()).isEqualTo("EVENT");
          assertThat(entry.path("sequence").isIntegralNumber()).isTrue();
          assertThat(entry.at("/event/id").asString()).hasSize(36);
          assertThat(entry.at("/event/published").isBoolean()).isTrue();
        });
    assertThat(entries(timeline))
        .extracting(entry -> Instant.parse(entry.path("at").asString()))
        .isSorted();
    assertThat(entries(timeline))
        .filteredOn(entry -> entry.path("stream").asString().startsWith("stock-"))
        .extracting(entry -> entry.at("/payload/reservationId").asString())
        .containsOnly(order);
  }

  @Test
  void an_event_says_whether_it_is_on_its_topic() {
    var order = commandSide.orderId(commandSide.product(1));

    await()
        .atMost(PublishedProducts.LIMIT)
        .until(() ->
            entries(timeline(order)).stream()
                .allMatch(entry -> entry.at("/event/published").asBoolean()));
  }

  @Test
  void how_a_customer_pays_is_not_shown() {
    var product = commandSide.product(1);
    var placed =
        commandSide
            .first()
            .send(
                "POST",
                "/orders",
                commandSide.alice(),
                """
                {"version": "%s", "items": [{"productId": "%s", "quantity": 1,
                  "expectedPrice": 50000, "priceVersion": 1}], "paymentMethod": "pm_secret"}\
                """
                    .formatted(RunningCommandSide.newKey("alice"), product));
    var order = placed.body().path("orderId").asString();
    commandSide.pay(order);

    assertThat(get(order, commandSide.staff()).raw().body())
        .contains("hidden")
        .doesNotContain("pm_secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ORD-NONE", "x", "%20"})
  void an_order_that_there_is_not_is_not_found(String order) {
    var answer = get(order, commandSide.staff());

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("ORDER_NOT_FOUND");
  }

  @Test
  void customers_see_none() {
    assertThat(get("ORD-NONE", commandSide.alice()).status()).isEqualTo(403);
  }

  private JsonNode timeline(String order) {
    var answer = get(order, commandSide.staff());
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private Instance.Answer get(String order, String token) {
    return commandSide.first().send("GET", "/admin/orders/" + order + "/timeline", token, "");
  }

  private static List<JsonNode> entries(JsonNode timeline) {
    return StreamSupport.stream(timeline.path("entries").spliterator(), false).toList();
  }
}
