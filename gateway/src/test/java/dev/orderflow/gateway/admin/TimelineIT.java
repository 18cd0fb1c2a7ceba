package dev.orderflow.gateway.admin;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static dev.orderflow.gateway.testing.SharedServices.COMMAND_SIDE;
import static dev.orderflow.gateway.testing.SharedServices.QUERY_SIDE;
import static dev.orderflow.gateway.testing.SharedServices.SAGA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import dev.orderflow.gateway.traces.SentSpans;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What each service tells of an order's way, and what the traces do, is one timeline for staff. */
class TimelineIT {
  private static final String PATH = "/admin/orders/ORD-1/timeline";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String UNKNOWN = "{\"status\": 404, \"code\": \"ORDER_NOT_FOUND\"}";

  private static final RunningGateway GATEWAY = SharedServices.gateway();

  @BeforeEach
  void heal() {
    SharedServices.reset();
  }

  @Test
  void the_parts_are_put_together_the_oldest_step_first() {
    eachTellsItsPart();

    var timeline = RunningGateway.json(staff(PATH));

    assertThat(timeline.path("orderId").asString()).isEqualTo("ORD-1");
    assertThat(timeline.path("status").asString()).isEqualTo("PENDING");
    assertThat(steps(timeline))
        .containsExactly(
            "command-side EVENT OrderPlacedEvent",
            "query-side ROW order-view",
            "saga MAIL PLACED",
            "saga SAGA WAITING_FOR_PAYMENT");
    assertThat(timeline.path("truncated").asBoolean()).isFalse();
    assertThat(timeline.has("missing")).isFalse();
    assertThat(COMMAND_SIDE.last().header("authorization")).startsWith("Bearer ");
    assertThat(COMMAND_SIDE.last().uri()).isEqualTo(PATH);
  }

  @Test
  void what_only_traces_know_is_added_and_what_they_know_of_the_rest_is_too() {
    eachTellsItsPart();
    SentSpans.of("ORD-7")
        .step(
            "gateway",
            "00f067aa0ba902b7",
            "",
            "http post /orders",
            "method",
            "POST",
            "uri",
            "/orders",
            "status",
            "201")
        .step("command-side", "b7ad6b7169203331", "00f067aa0ba902b7", "PlaceOrder")
        .step("command-side", "b7ad6b7169203332", "b7ad6b7169203331", "decide")
        .step(
            "command-side",
            "b7ad6b7169203333",
            "b7ad6b7169203331",
            "publish OrderPlacedEvent",
            "messaging.message.id",
            "event-1",
            "messaging.destination.name",
            "orders")
        .step(
            "saga",
            "b7ad6b7169203334",
            "b7ad6b7169203331",
            "order-saga OrderPlacedEvent",
            "messaging.message.id",
            "event-1",
            "messaging.destination.partition.id",
            "3",
            "messaging.kafka.offset",
            "17")
        .step("saga", "b7ad6b7169203335", "b7ad6b7169203334", "mail PLACED")
        .step("saga", "b7ad6b7169203336", "b7ad6b7169203334", "retry confirm", "error.type", "X")
        .step("query-side", "b7ad6b7169203337", "b7ad6b7169203331", "order-view OrderPlacedEvent")
        .step("query-side", "b7ad6b7169203338", "b7ad6b7169203331", "announce product")
        .inTrace(TRACE)
        .sendTo(GATEWAY);

    var timeline = RunningGateway.json(staff("/admin/orders/ORD-7/timeline"));

    assertThat(timeline.path("traceId").asString()).isEqualTo(TRACE);
    assertThat(steps(timeline))
        .containsExactlyInAnyOrder(
            "gateway HTTP POST /orders",
            "command-side COMMAND PlaceOrder",
            "command-side EVENT OrderPlacedEvent",
            "command-side RECORD OrderPlacedEvent",
            "saga SAGA OrderPlacedEvent",
            "saga SAGA WAITING_FOR_PAYMENT",
            "saga MAIL PLACED",
            "saga TASK confirm",
            "query-side ROW OrderPlacedEvent",
            "query-side ROW order-view",
            "query-side ANNOUNCEMENT product");
    assertThat(step(timeline, "EVENT OrderPlacedEvent").at("/event/command").asString())
        .isEqualTo("PlaceOrder");
    var record = step(timeline, "RECORD OrderPlacedEvent");
    assertThat(record.at("/event/id").asString()).isEqualTo("event-1");
    assertThat(record.at("/payload/topic").asString()).isEqualTo("orders");
    assertThat(record.at("/payload/partition").asInt()).isEqualTo(3);
    assertThat(record.at("/payload/offset").asInt()).isEqualTo(17);
    assertThat(step(timeline, "MAIL PLACED").at("/step/spanId").asString())
        .isEqualTo("b7ad6b7169203335");
    assertThat(step(timeline, "TASK confirm").at("/payload/failure").asString()).isEqualTo("X");
    assertThat(step(timeline, "HTTP POST /orders").at("/payload/status").asString())
        .isEqualTo("201");
  }

  @Test
  void a_service_that_is_away_or_fails_is_named_and_the_others_tell_on() {
    eachTellsItsPart();
    SAGA.answering(exchange -> FakeService.answer(exchange, 503, "{}"));

    var timeline = RunningGateway.json(staff(PATH));

    assertThat(timeline.path("missing")).extracting(JsonNode::asString).containsExactly("saga");
    assertThat(steps(timeline)).contains("command-side EVENT OrderPlacedEvent");

    COMMAND_SIDE.answering(exchange -> FakeService.answer(exchange, 500, "{}"));
    var without = RunningGateway.json(staff(PATH));
    assertThat(without.path("missing"))
        .extracting(JsonNode::asString)
        .containsExactly("command-side", "saga");
    assertThat(without.path("status").asString()).isEqualTo("CONFIRMED");
  }

  @Test
  void the_command_side_alone_can_say_that_there_is_no_order() {
    tells(COMMAND_SIDE, 404, UNKNOWN);
    tells(SAGA, 404, UNKNOWN);
    tells(QUERY_SIDE, 404, UNKNOWN);
    assertProblem(staff("/admin/orders/ORD-2/timeline"), 404, "ORDER_NOT_FOUND");
    assertProblem(staff("/admin/orders/x/timeline"), 404, "ORDER_NOT_FOUND");

    tells(COMMAND_SIDE, 503, "{}");
    assertProblem(staff("/admin/orders/ORD-2/timeline"), 503, "UNAVAILABLE");
  }

  @Test
  void no_answer_is_kept() {
    eachTellsItsPart();

    assertThat(staff(PATH).headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }

  @Test
  void too_many_steps_are_cut_off_behind_the_oldest() {
    eachTellsItsPart();
    var event =
        """
        {"at": "2026-01-01T00:00:00Z", "kind": "EVENT", "name": "OrderPlacedEvent"},\
        """;
    tells(
        COMMAND_SIDE,
        200,
        "{\"truncated\": false, \"entries\": [%s]}"
            .formatted(event.repeat(1_000).replaceFirst(",$", "")));

    var timeline = RunningGateway.json(staff(PATH));

    assertThat(timeline.path("truncated").asBoolean()).isTrue();
    assertThat(timeline.path("entries")).hasSize(1_000);
  }

  private static void eachTellsItsPart() {
    tells(
        COMMAND_SIDE,
        200,
        """
        {"status": "PENDING", "traceId": "%s", "truncated": false, "entries": [
          {"at": "2026-01-01T00:00:00Z", "kind": "EVENT", "name": "OrderPlacedEvent",
           "stream": "order-ORD-1", "sequence": 0, "payload": {"orderId": "ORD-1"},
           "event": {"id": "event-1", "published": true},
           "step": {"traceId": "%s", "spanId": "b7ad6b7169203331"}}]}\
        """
            .formatted(TRACE, TRACE));
    tells(
        SAGA,
        200,
        """
        {"truncated": false, "entries": [
          {"at": "2026-01-01T00:00:02Z", "kind": "MAIL", "name": "PLACED"},
          {"at": "2026-01-01T00:00:03Z", "kind": "SAGA", "name": "WAITING_FOR_PAYMENT"}]}\
        """);
    tells(
        QUERY_SIDE,
        200,
        """
        {"status": "CONFIRMED", "truncated": false, "entries": [
          {"at": "2026-01-01T00:00:01Z", "kind": "ROW", "name": "order-view"}]}\
        """);
  }

  private static void tells(FakeService service, int status, String body) {
    service.answering(exchange -> FakeService.answer(exchange, status, body));
  }

  private static HttpResponse<String> staff(String path) {
    return GATEWAY.send(GATEWAY.requestAs("staff", "GET", path));
  }

  private static List<String> steps(JsonNode timeline) {
    return entries(timeline).stream()
        .map(entry -> entry.path("service").asString() + " " + step(entry))
        .toList();
  }

  private static JsonNode step(JsonNode timeline, String step) {
    return entries(timeline).stream()
        .filter(entry -> step(entry).equals(step))
        .findFirst()
        .orElseThrow();
  }

  private static String step(JsonNode entry) {
    return entry.path("kind").asString() + " " + entry.path("name").asString();
  }

  private static List<JsonNode> entries(JsonNode timeline) {
    return StreamSupport.stream(timeline.path("entries").spliterator(), false).toList();
  }
}
