package dev.orderflow.commandside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.platform.paging.PageToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Staff see what has happened to an aggregate, and what each event has changed. */
@ExtendWith(SharedCommandSide.class)
class StreamIT {
  private static final int MOST_REPLAYED = 10_000;

  private final RunningCommandSide commandSide;
  private final String product;

  StreamIT(RunningCommandSide commandSide) {
    this.commandSide = commandSide;
    this.product = commandSide.product(5);
  }

  private Instance.Answer get(String path) {
    return commandSide.first().send("GET", "/admin/streams/" + path, commandSide.staff(), "");
  }

  private JsonNode stream(String path) {
    var answer = get(path);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void each_event_of_an_order_comes_with_the_state_after_it() {
    var orderId = commandSide.orderId(product);
    commandSide.first().send("POST", "/orders/" + orderId + "/cancel", commandSide.alice(), "");

    var stream = stream("order-" + orderId);

    assertThat(stream.path("streamId").asString()).isEqualTo("order-" + orderId);
    assertThat(stream.path("aggregateType").asString()).isEqualTo("Order");
    assertThat(stream.has("nextPageToken")).isFalse();
    assertThat(stream.path("events"))
        .extracting(
            event -> event.path("sequence").asInt(),
            event -> event.path("eventType").asString(),
            event -> event.path("payload").path("orderId").asString(),
            event -> event.path("state").path("status").asString())
        .containsExactly(
            tuple(0, "dev.orderflow.ordering.OrderPlacedEvent", orderId, "PENDING"),
            tuple(1, "dev.orderflow.ordering.OrderCancelledEvent", orderId, "CANCELLED"));
  }

  @Test
  void how_a_customer_pays_is_not_shown() {
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
    var orderId = placed.body().path("orderId").asString();
    commandSide.pay(orderId);

    assertThat(get("order-" + orderId).raw().body()).contains("hidden").doesNotContain("pm_secret");
    assertThat(get("payment-PAY-" + orderId.substring(4)).raw().body())
        .contains("hidden")
        .doesNotContain("pm_secret");
  }

  @Test
  void a_stream_is_shown_page_by_page() {
    commandSide.receive(commandSide.first(), product, 2);
    commandSide.orderId(product);

    var first = stream("stock-" + product + "?pageSize=2");
    var second =
        stream(
            "stock-" + product + "?pageSize=2&pageToken=" + first.path("nextPageToken").asString());

    assertThat(first.path("events"))
        .extracting(event -> event.path("state").path("available").asInt())
        .containsExactly(5, 7);
    assertThat(second.path("events"))
        .extracting(event -> event.path("state").path("available").asInt())
        .containsExactly(6);
    assertThat(second.has("nextPageToken")).isFalse();
  }

  @Test
  void states_end_where_too_many_events_would_be_replayed() {
    var stream = "stock-" + product;
    commandSide
        .jdbc()
        .sql(
            """
            INSERT INTO domain_event (event_id, aggregate_id, sequence_number, type, payload_type,
              payload_revision, payload, metadata, recorded_at)
            SELECT gen_random_uuid()::text, aggregate_id, number, type, payload_type,
              payload_revision, payload, metadata, recorded_at
            FROM domain_event, generate_series(1, ?) AS number
            WHERE aggregate_id = ? AND sequence_number = 0\
            """)
        .params(MOST_REPLAYED, stream)
        .update();

    var last = behind(stream, MOST_REPLAYED - 3);
    var beyond = behind(stream, MOST_REPLAYED - 2);

    assertThat(last.path("sequence").asInt()).isEqualTo(MOST_REPLAYED - 2);
    assertThat(last.path("state").path("available").asInt()).isEqualTo(5);
    assertThat(beyond.path("sequence").asInt()).isEqualTo(MOST_REPLAYED - 1);
    assertThat(beyond.has("state")).isFalse();
    assertThat(beyond.path("payload").path("quantity").asInt()).isEqualTo(5);
  }

  private JsonNode behind(String stream, int sequence) {
    var token = PageToken.of(stream, Integer.toString(sequence));
    return stream(stream + "?pageSize=1&pageToken=" + token).path("events").get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"order-ORD-NONE", "ORD-NONE", "%20", "order-"})
  void an_unknown_stream_is_not_found(String streamId) {
    var answer = get(streamId);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pageSize=-1", "pageSize=x", "pageToken=x", "pageToken=LTE"})
  void what_is_no_page_is_refused_by_name(String query) {
    var answer = get("stock-" + product + "?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("violations").get(0).path("field").asString())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }
}
