package dev.orderflow.gateway.demo;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** In the demo mode staff can have the platform disturbed; otherwise nobody can. */
class DemoIT {
  @TempDir private static Path stopped;

  private static final FakeService QUERY_SIDE = new FakeService("query-side");
  private static final FakeService COMMAND_SIDE = new FakeService("command-side");
  private static final FakeService FIRST = new FakeService("saga-1");
  private static final FakeService SECOND = new FakeService("saga-2");
  private static final List<FakeService> ALL = List.of(QUERY_SIDE, COMMAND_SIDE, FIRST, SECOND);
  private static final AtomicInteger ORDERS = new AtomicInteger();

  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = started(enabled());
  }

  private static Map<String, String> enabled() {
    return Map.of(
        "orderflow.demo.enabled", "true",
        "orderflow.demo.customer-id", "alice",
        "orderflow.demo.customer-secret", "alice",
        "orderflow.demo.stopped-instances", stopped.toString());
  }

  private static RunningGateway started(Map<String, String> settings) {
    var all = new LinkedHashMap<>(settings);
    // Longer than a busy machine makes an answer take; who is away refuses at once.
    all.put("orderflow.gateway.admin.patience", "10s");
    all.put("orderflow.instances.query-side", QUERY_SIDE.url());
    all.put("orderflow.instances.command-side", COMMAND_SIDE.url());
    all.put("orderflow.instances.saga", FIRST.url() + "," + SECOND.url());
    return RunningGateway.start(all);
  }

  @BeforeEach
  void all_services_answer() {
    ALL.forEach(FakeService::reset);
    QUERY_SIDE.answering(DemoIT::product);
    COMMAND_SIDE.answering(DemoIT::command);
    List.of(FIRST, SECOND).forEach(saga -> saga.answering(DemoIT::provider));
  }

  @AfterEach
  void no_sale_goes_on() {
    staff("DELETE", "/admin/demo/sale", "");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    ALL.forEach(FakeService::close);
  }

  @Test
  void staff_see_what_is_going_on() {
    var answer = staff("GET", "/admin/demo", "");

    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(RunningGateway.json(answer))
        .hasToString(
            "{\"enabled\":true,\"provider\":\"SLOW\",\"sale\":"
                + "{\"running\":false,\"orders\":0,\"answered\":0,\"refused\":0},\"stopped\":[]}");
  }

  @Test
  void without_the_saga_the_rest_is_seen() {
    FIRST.die();
    assertThat(demo().path("provider").asString()).isEqualTo("SLOW");

    SECOND.die();
    assertThat(demo().has("provider")).isFalse();
    assertThat(demo().path("enabled").asBoolean()).isTrue();
    FIRST.restart();
    SECOND.restart();
  }

  @Test
  void the_saga_is_told_how_its_provider_is_to_behave() {
    var answer = staff("PUT", "/admin/demo/provider", "{\"mode\": \"SILENT\"}");

    assertThat(answer.statusCode()).isEqualTo(204);
    var told = FIRST.received().isEmpty() ? SECOND.last() : FIRST.last();
    assertThat(told.method()).isEqualTo("PUT");
    assertThat(told.uri()).isEqualTo("/admin/demo/provider");
    assertThat(told.body()).isEqualTo("{\"mode\": \"SILENT\"}");
  }

  @ParameterizedTest
  @CsvSource({"2", "saga-2"})
  void the_instance_that_is_named_is_stopped_by_the_staff_who_ask(String instance) {
    var answer = staff("POST", "/admin/demo/instances/saga/" + instance + "/stop", "");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(FIRST.received()).isEmpty();
    assertThat(SECOND.last().method()).isEqualTo("POST");
    assertThat(SECOND.last().uri()).isEqualTo("/admin/demo/halt");
    assertThat(SECOND.last().header("Authorization")).startsWith("Bearer ");
    assertThat(demo().path("stopped"))
        .hasToString("[{\"service\":\"saga\",\"instance\":\"saga-2\"}]");
    assertThat(stopped.resolve("saga-2")).exists();

    SECOND.die();
    var again = staff("POST", "/admin/demo/instances/saga/" + instance + "/stop", "");
    SECOND.restart();

    assertThat(again.statusCode()).as("what is stopped already").isEqualTo(202);
    assertThat(stopped.resolve("saga-2")).exists();

    var started = staff("POST", "/admin/demo/instances/saga/" + instance + "/start", "");

    assertThat(started.statusCode()).isEqualTo(202);
    assertThat(demo().path("stopped")).isEmpty();
    assertThat(stopped).isEmptyDirectory();
  }

  @Test
  void the_gateway_cannot_be_started() {
    assertProblem(staff("POST", "/admin/demo/instances/gateway/1/start", ""), 404, "NOT_FOUND");
  }

  @Test
  void what_runs_may_be_started() {
    assertThat(staff("POST", "/admin/demo/instances/saga/1/start", "").statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({"saga,3", "saga,0", "saga,query-side-1", "shop,1"})
  void what_is_not_there_can_be_neither_stopped_nor_started(String service, String instance) {
    var path = "/admin/demo/instances/%s/%s/".formatted(service, instance);
    assertProblem(staff("POST", path + "stop", ""), 404, "NOT_FOUND");
    assertProblem(staff("POST", path + "start", ""), 404, "NOT_FOUND");
  }

  @Test
  void an_instance_that_is_away_cannot_be_stopped() {
    FIRST.die();
    assertProblem(staff("POST", "/admin/demo/instances/saga/1/stop", ""), 503, "UNAVAILABLE");
    FIRST.restart();
    assertThat(stopped).isEmptyDirectory();
  }

  @Test
  void a_sale_sends_orders_of_a_customer_at_its_pace_and_ends_by_itself() {
    var begun = staff("POST", "/admin/demo/sale", "{\"ordersPerSecond\": 20, \"seconds\": 1}");

    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(RunningGateway.json(begun).path("running").asBoolean()).isTrue();
    assertThat(RunningGateway.json(begun).has("endsAt")).isTrue();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !sale().path("running").asBoolean() && underWay(sale()) == 0);
    var ended = sale();
    assertThat(ended.path("orders").asInt()).isBetween(1, 21);
    // Every other one is refused.
    assertThat(ended.path("answered").asInt()).isBetween(0, 11);
    assertThat(ended.path("refused").asInt()).isBetween(0, 11);
    assertThat(ended.has("endsAt")).isFalse();

    var receipt = received("/inventory/PROD-SALE-DAY/receipts").getFirst();
    assertThat(receipt.body()).isEqualTo("{\"quantity\":15}");
    var placed = received("/orders");
    assertThat(placed).hasSize(ended.path("orders").asInt());
    assertThat(placed.getFirst().body())
        .contains("\"version\":\"alice_")
        .contains("\"expectedPrice\":40000", "\"priceVersion\":7");
    assertThat(placed.stream().map(FakeService.Received::body).distinct()).hasSameSizeAs(placed);
    assertThat(QUERY_SIDE.last().header("Orderflow-Consistency")).isEqualTo("product-1");
  }

  @Test
  void there_is_one_sale_at_a_time_and_it_can_be_ended() {
    staff("POST", "/admin/demo/sale", "{\"ordersPerSecond\": 1, \"seconds\": 300}");
    var first = sale().path("endsAt").asString();

    var second = staff("POST", "/admin/demo/sale", "{\"ordersPerSecond\": 500, \"seconds\": 9}");
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(RunningGateway.json(second).path("endsAt").asString()).isEqualTo(first);

    var ended = staff("DELETE", "/admin/demo/sale", "");
    assertThat(ended.statusCode()).isEqualTo(202);
    assertThat(RunningGateway.json(ended).path("running").asBoolean()).isFalse();
  }

  @Test
  void what_the_gateway_does_itself_is_put_on_record_by_a_service_that_answers() {
    staff("POST", "/admin/demo/instances/saga/1/start", "");
    staff("POST", "/admin/demo/sale", "{\"ordersPerSecond\": 1, \"seconds\": 300}");
    COMMAND_SIDE.die();
    try {
      staff("DELETE", "/admin/demo/sale", "");
    } finally {
      COMMAND_SIDE.restart();
    }

    assertThat(demoCalls(COMMAND_SIDE))
        .containsExactly("POST /admin/demo/instances/saga/1/start", "POST /admin/demo/sale");
    assertThat(demoCalls(QUERY_SIDE)).containsExactly("DELETE /admin/demo/sale");
  }

  @Test
  void it_is_put_on_record_with_the_token_of_the_staff_who_ask() {
    var token = "Bearer " + SigningKeys.TRUSTED.token("ann", "staff");

    gateway.send(
        gateway
            .request("POST", "/admin/demo/instances/saga/1/start")
            .header("Authorization", token));

    assertThat(COMMAND_SIDE.last().header("Authorization")).isEqualTo(token);
  }

  @Test
  void it_is_done_also_when_no_service_puts_it_on_record() {
    ALL.forEach(FakeService::die);
    try {
      var started = staff("POST", "/admin/demo/instances/saga/1/start", "");
      assertThat(started.statusCode()).isEqualTo(202);
    } finally {
      ALL.forEach(FakeService::restart);
    }
  }

  private static List<String> demoCalls(FakeService service) {
    return service.received().stream()
        .filter(call -> call.uri().startsWith("/admin/demo"))
        .map(call -> call.method() + " " + call.uri())
        .toList();
  }

  @Test
  void a_sale_ends_before_the_gateway() {
    var stopping = started(enabled());
    var sale = stopping.bean(Sale.class);
    sale.begin(100, Duration.ofMinutes(5), () -> true);
    await().atMost(Duration.ofSeconds(20)).until(() -> sale.state().orders() > 0);

    stopping.close();

    assertThat(sale.isRunning()).isFalse();
  }

  @Test
  void a_sale_that_cannot_begin_does_not() {
    COMMAND_SIDE.die();

    assertProblem(
        staff("POST", "/admin/demo/sale", "{\"ordersPerSecond\": 1, \"seconds\": 1}"),
        503,
        "UNAVAILABLE");
    assertThat(sale().path("running").asBoolean()).isFalse();
    COMMAND_SIDE.restart();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"ordersPerSecond": 0, "seconds": 1}      | ordersPerSecond
          {"ordersPerSecond": 501, "seconds": 1}    | ordersPerSecond
          {"ordersPerSecond": 1, "seconds": 301}    | seconds
          {"ordersPerSecond": 1}                    | seconds
          {"ordersPerSecond": "x", "seconds": 1}    | ordersPerSecond
          """)
  void a_sale_is_bounded(String body, String field) {
    var answer = staff("POST", "/admin/demo/sale", body);

    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(RunningGateway.json(answer).path("violations").path(0).path("field").asString())
        .isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/admin/demo",
    "POST,/admin/demo/instances/saga/1/stop",
    "POST,/admin/demo/instances/saga/1/start",
    "POST,/admin/demo/halt",
    "POST,/admin/demo/sale",
    "DELETE,/admin/demo/sale"
  })
  void nothing_of_it_is_there_unless_it_is_enabled(String method, String path) {
    var without = SharedServices.gateway();

    assertProblem(without.send(without.requestAs("staff", method, path)), 404, "NOT_FOUND");
  }

  @Test
  void it_is_described_where_it_is_enabled() {
    SharedServices.reset();
    Stream.concat(ALL.stream(), SharedServices.ALL.stream())
        .forEach(service -> service.answering(exchange -> json(exchange, 200, "{}")));

    assertThat(described(gateway))
        .contains("/admin/demo", "/admin/demo/sale")
        .contains(
            "/admin/demo/instances/{service}/{instance}/stop",
            "/admin/demo/instances/{service}/{instance}/start");
    assertThat(described(SharedServices.gateway()))
        .isNotEmpty()
        .noneMatch(path -> path.startsWith("/admin/demo"));
  }

  private static List<String> described(RunningGateway gateway) {
    var answer = gateway.send(gateway.request("GET", "/v3/api-docs"));
    assertThat(answer.statusCode()).isEqualTo(200);
    return List.copyOf(RunningGateway.json(answer).path("paths").propertyNames());
  }

  @Test
  void it_does_not_start_with_an_issuer_of_production() {
    var production = new LinkedHashMap<>(enabled());
    production.put("orderflow.identity.issuer-uri", "https://issuer.example");

    assertThatThrownBy(() -> started(production))
        .rootCause()
        .hasMessageContaining("orderflow.demo.enabled")
        .hasMessageContaining("orderflow.identity.issuer-uri");
  }

  private static HttpResponse<String> staff(String method, String path, String body) {
    return gateway.send(
        gateway
            .requestAs("staff", method, path)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private static JsonNode demo() {
    return RunningGateway.json(staff("GET", "/admin/demo", ""));
  }

  private static JsonNode sale() {
    return demo().path("sale");
  }

  private static int underWay(JsonNode sale) {
    return sale.path("orders").asInt()
        - sale.path("answered").asInt()
        - sale.path("refused").asInt();
  }

  private static List<FakeService.Received> received(String uri) {
    return COMMAND_SIDE.received().stream()
        .filter(one -> one.method().equals("POST") && one.uri().equals(uri))
        .toList();
  }

  private static void provider(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET" -> json(exchange, 200, "{\"mode\": \"SLOW\"}");
      case "PUT" -> FakeService.answer(exchange, 204, "");
      default -> FakeService.answer(exchange, 202, "");
    }
  }

  private static void product(HttpExchange exchange) throws IOException {
    json(exchange, 200, "{\"price\": 40000, \"priceVersion\": 7}");
  }

  private static void command(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/products" -> {
        exchange.getResponseHeaders().set("Orderflow-Consistency", "product-1");
        json(exchange, 201, "{}");
      }
      case "/inventory/PROD-SALE-DAY" -> json(exchange, 200, "{\"available\": 5}");
      case "/orders" -> json(exchange, ORDERS.incrementAndGet() % 2 == 0 ? 201 : 409, "{}");
      default -> json(exchange, 200, "{}");
    }
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    FakeService.answer(exchange, status, body);
  }
}
