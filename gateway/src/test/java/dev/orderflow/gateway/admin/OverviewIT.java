package dev.orderflow.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The gateway shows staff how all instances are, also those that do not answer. */
class OverviewIT {
  private static final FakeService ONE = new FakeService("command-side-1");
  private static final FakeService OTHER = new FakeService("command-side-2");
  private static final FakeService QUERY_SIDE = new FakeService("query-side-1");
  private static final FakeService SAGA = new FakeService("saga-1");
  private static RunningGateway gateway;

  private final CountDownLatch frozen = new CountDownLatch(1);

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            Map.of(
                // Longer than a busy machine makes an answer take; a test waits for it.
                "orderflow.gateway.admin.patience",
                "4s",
                "orderflow.instances.command-side",
                ONE.url() + "," + OTHER.url(),
                "orderflow.instances.query-side",
                QUERY_SIDE.url(),
                "orderflow.instances.saga",
                SAGA.url()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    ONE.close();
    OTHER.close();
    QUERY_SIDE.close();
    SAGA.close();
  }

  @BeforeEach
  void heal() {
    List.of(ONE, OTHER, QUERY_SIDE, SAGA).forEach(FakeService::reset);
    tells(ONE, "command-side", "GREEN", "2026-01-01T00:00:10Z", "1,2");
    tells(OTHER, "command-side", "GREEN", "2026-01-01T00:00:00Z", "null,null,5");
    tells(QUERY_SIDE, "query-side", "AMBER", "2026-01-01T00:00:00Z", "3");
    tells(SAGA, "saga", "GREEN", "2026-01-01T00:00:00Z", "4");
  }

  @AfterEach
  void thaw() {
    frozen.countDown();
  }

  @Test
  void what_all_instances_tell_is_one() {
    var overview = RunningGateway.json(staff());

    assertThat(overview.path("status").asString()).isEqualTo("AMBER");
    assertThat(overview.path("at").asString()).isNotEmpty();
    assertThat(texts(overview.path("instances"), "instance"))
        .containsExactly("gateway-1", "command-side-1", "command-side-2", "query-side-1", "saga-1");
    assertThat(texts(overview.path("checks"), "instance"))
        .contains("command-side-1", "command-side-2", "query-side-1", "saga-1");
    assertThat(overview.path("instances").path(1).path("holds").toString())
        .isEqualTo("[\"publication\"]");
  }

  @Test
  void what_is_charted_of_two_instances_is_added_up_step_by_step() {
    var series = RunningGateway.json(staff()).path("series");

    assertThat(texts(series, "service")).containsExactly("command-side", "query-side", "saga");
    assertThat(series.path(0).path("from").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(series.path(0).path("values").toString()).isEqualTo("[null,1.0,7.0]");
  }

  @Test
  void an_instance_that_is_away_is_red_and_called_by_its_name() {
    staff();
    SAGA.die();

    var overview = RunningGateway.json(staff());

    assertThat(overview.path("status").asString()).isEqualTo("RED");
    assertThat(overview.path("instances").path(4).toString())
        .isEqualTo(
            "{\"service\":\"saga\",\"instance\":\"saga-1\",\"status\":\"AWAY\",\"holds\":[]}");
  }

  @Test
  void one_that_has_never_answered_has_its_address() {
    assertThat(
            texts(
                RunningGateway.json(staff(RunningGateway.shared())).path("instances"), "instance"))
        .containsExactly("gateway-1", "127.0.0.1:1", "127.0.0.1:1", "127.0.0.1:1");
  }

  @Test
  void one_that_is_silent_or_makes_no_sense_is_away_too_and_the_others_are_shown() {
    OTHER.answering(_ -> awaitQuietly(frozen));
    SAGA.answering(exchange -> FakeService.answer(exchange, 200, "no overview"));
    QUERY_SIDE.answering(exchange -> FakeService.answer(exchange, 500, "{}"));

    var instances = RunningGateway.json(staff()).path("instances");

    assertThat(texts(instances, "status")).containsExactly("UP", "UP", "AWAY", "AWAY", "AWAY");
  }

  @Test
  void instances_are_asked_with_the_callers_token_and_nothing_else_of_the_caller() {
    var request = gateway.requestAs("staff", "GET", "/admin/overview").header("X-Own", "1");
    gateway.send(request);

    var received = SAGA.last();
    assertThat(received.uri()).isEqualTo("/admin/overview");
    assertThat(received.header("Authorization"))
        .isEqualTo(request.build().headers().firstValue("Authorization").orElseThrow());
    assertThat(received.headers()).doesNotContainKey("X-own");
  }

  @Test
  void no_answer_is_kept() {
    assertThat(staff().headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }

  private static HttpResponse<String> staff() {
    return staff(gateway);
  }

  private static HttpResponse<String> staff(RunningGateway gateway) {
    var answer = gateway.send(gateway.requestAs("staff", "GET", "/admin/overview"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static Iterable<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asString())
        .toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tells(
      FakeService service, String name, String status, String from, String values) {
    service.answering(exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      FakeService.answer(
          exchange,
          200,
          """
          {"at": "2026-01-01T00:01:00Z", "status": "%2$s", "later": 1,
           "checks": [{"name": "kafka", "service": "%1$s", "instance": "%3$s", "status": "%2$s",
             "value": 3.0, "unit": "s", "amberFrom": 2.0, "redFrom": 5.0, "runbook": "kafka"}],
           "instances": [{"service": "%1$s", "instance": "%3$s", "status": "UP", "version": "1",
             "startedAt": "2026-01-01T00:00:00Z", "holds": ["publication"]}],
           "series": [{"name": "orders.placed", "service": "%1$s", "unit": "1/min",
             "together": "SUM", "stepSeconds": 10, "from": "%4$s", "values": [%5$s]}]}
          """
              .formatted(name, status, service.name(), from, values));
    });
  }
}
