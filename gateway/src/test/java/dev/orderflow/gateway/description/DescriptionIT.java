package dev.orderflow.gateway.description;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.platform.testing.PublishedSchemas;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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
      {"paths": {"/admin/dead-letters": {"get": {"security": [{"token": ["staff"]}]}}},
       "components": {"schemas": {"DeadLetter": {"type": "object"}}}}
      """;

  private final FakeService querySide = new FakeService("query-side");
  private final FakeService commandSide = new FakeService("command-side");
  private final FakeService saga = new FakeService("saga");
  private RunningGateway gateway;

  @BeforeEach
  void start() {
    describes(querySide, READS);
    describes(commandSide, WRITES);
    describes(saga, ADMINISTRATION);
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.gateway.traces.enabled",
                "true",
                "orderflow.instances.query-side",
                RunningGateway.NOBODY + "," + querySide.url(),
                "orderflow.instances.command-side",
                commandSide.url(),
                "orderflow.instances.saga",
                saga.url()));
  }

  @AfterEach
  void stop() {
    gateway.close();
    querySide.close();
    commandSide.close();
    saga.close();
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
    assertThat(whole.path("components").path("schemas").has("TraceSummary")).isTrue();
    assertThat(PublishedSchemas.faults(whole)).isEmpty();
  }

  @Test
  void a_service_that_has_described_itself_may_be_away() {
    ask();
    commandSide.die();

    assertThat(RunningGateway.json(ask()).path("paths").path("/products").has("post")).isTrue();
  }

  @Test
  void without_a_part_there_is_none_yet() {
    commandSide.die();

    var response = ask();

    assertProblem(response, 503, "UNAVAILABLE");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void two_meanings_of_one_name_are_not_mixed() {
    describes(commandSide, WRITES.replace("object", "string"));

    assertProblem(ask(), 503, "UNAVAILABLE");
  }

  private HttpResponse<String> ask() {
    return gateway.send(gateway.request("GET", "/v3/api-docs"));
  }

  private static void describes(FakeService service, String description) {
    service.answering(exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      FakeService.answer(exchange, 200, description);
    });
  }
}
