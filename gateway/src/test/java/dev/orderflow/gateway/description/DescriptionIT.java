package dev.orderflow.gateway.description;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.platform.testing.PublishedSchemas;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescriptionIT {
  private static final String READS =
      """
      {"paths": {"/products": {"get": {"security": []}}},
       "components": {"schemas": {"Product": {"type": "object"}}}}
      """;
  private static final String WRITES =
      """
      {"paths": {"/products": {"post": {"security": [{"token": ["staff"]}]}}},
       "components": {"schemas": {"Product": {"type": "object"}, "Stock": {"type": "object"}}}}
      """;
  private static final String ADMINISTRATION =
      """
      {"paths": {"/admin/dead-letters": {"get": {"security": [{"token": ["staff"]}]}},
                 "/admin/overview": {"get": {"responses": {"203": {}, "401": {}, "503": {}}}}},
       "components": {"schemas": {"DeadLetter": {"type": "object"}}}}
      """;

  private static final FakeService QUERY_SIDE = new FakeService("query-side");
  private static final FakeService COMMAND_SIDE = new FakeService("command-side");
  private static final FakeService SAGA = new FakeService("saga");
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.gateway.traces.enabled",
                "true",
                "orderflow.instances.query-side",
                RunningGateway.NOBODY + "," + QUERY_SIDE.url(),
                "orderflow.instances.command-side",
                COMMAND_SIDE.url(),
                "orderflow.instances.saga",
                SAGA.url()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    QUERY_SIDE.close();
    COMMAND_SIDE.close();
    SAGA.close();
  }

  @BeforeEach
  void heal() {
    List.of(QUERY_SIDE, COMMAND_SIDE, SAGA).forEach(FakeService::reset);
    describes(QUERY_SIDE, READS);
    describes(COMMAND_SIDE, WRITES);
    describes(SAGA, ADMINISTRATION);
  }

  @Test
  void the_services_descriptions_are_one() {
    var whole = RunningGateway.json(ask());

    assertThat(whole.path("openapi").asString()).startsWith("3.1");
    assertThat(whole.path("servers").path(0).path("url").asString()).isEqualTo("/");
    assertThat(whole.path("paths").path("/products").propertyNames())
        .containsExactlyInAnyOrder("get", "post");
    assertThat(whole.path("components").path("schemas").propertyNames())
        .contains("Product", "Stock", "DeadLetter");
  }

  @Test
  void a_call_that_needs_a_token_says_where_to_get_one() {
    var whole = RunningGateway.json(ask());

    var products = whole.path("paths").path("/products");
    assertThat(products.path("get").path("security").toString()).isEqualTo("[]");
    assertThat(products.path("post").path("security").toString())
        .isEqualTo("[{\"token\":[\"staff\"]},{\"signIn\":[\"staff\"]}]");
    assertThat(whole.at("/components/securitySchemes/signIn/flows/clientCredentials/tokenUrl"))
        .hasToString("\"/oauth2/token\"");
  }

  @Test
  void the_gateways_own_calls_are_in_it() {
    var whole = RunningGateway.json(ask());

    var list = whole.path("paths").path("/admin/traces").path("get");
    assertThat(list.path("operationId").asString()).isEqualTo("listTraces");
    assertThat(list.path("security").toString())
        .isEqualTo("[{\"token\":[\"staff\"]},{\"signIn\":[\"staff\"]}]");
    assertThat(list.path("responses").propertyNames())
        .as("its successes, and the failures of every call of staff")
        .containsExactlyInAnyOrder("200", "401", "503");
    assertThat(whole.path("components").path("schemas").has("TraceSummary")).isTrue();
    assertThat(PublishedSchemas.faults(whole)).isEmpty();
  }

  @Test
  void a_service_that_has_described_itself_may_be_away() {
    ask();
    COMMAND_SIDE.die();
    describes(QUERY_SIDE, READS.replace("{\"paths\": {", "{\"paths\": {\"/later\": {}, "));

    // What was made last is shown for a second.
    await().until(() -> RunningGateway.json(ask()).path("paths").has("/later"));
    assertThat(RunningGateway.json(ask()).path("paths").path("/products").has("post")).isTrue();
  }

  @Test
  void without_a_part_there_is_none_yet() {
    var others =
        Map.of(
            "orderflow.instances.query-side", QUERY_SIDE.url(),
            "orderflow.instances.saga", SAGA.url());
    try (var fresh = RunningGateway.start(others)) {
      var response = fresh.send(fresh.request("GET", "/v3/api-docs"));

      assertProblem(response, 503, "UNAVAILABLE");
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void two_meanings_of_one_name_are_not_mixed() {
    describes(COMMAND_SIDE, WRITES.replace("object", "string"));

    await().untilAsserted(() -> assertProblem(ask(), 503, "UNAVAILABLE"));
  }

  private static HttpResponse<String> ask() {
    return gateway.send(gateway.request("GET", "/v3/api-docs"));
  }

  private static void describes(FakeService service, String description) {
    service.answering(exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      FakeService.answer(exchange, 200, description);
    });
  }
}
