package dev.orderflow.gateway.http;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, section 9: HEAD goes with GET, and OPTIONS answers with the methods of a path. */
class MethodsIT {
  private static final RunningGateway GATEWAY = SharedServices.gateway();

  @BeforeEach
  void reset() {
    SharedServices.reset();
  }

  @ParameterizedTest
  @CsvSource({"/products", "/products/PROD-1", "/inventory/PROD-1"})
  void head_is_get_without_a_body(String path) {
    var answer = GATEWAY.send(GATEWAY.request("HEAD", path));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(SharedServices.received())
        .extracting(FakeService.Received::method, FakeService.Received::uri)
        .containsExactly(tuple("HEAD", path));
  }

  @ParameterizedTest
  @CsvSource({"/docs", "/oauth2/jwks"})
  void so_it_is_with_what_the_gateway_itself_answers(String path) {
    assertThat(GATEWAY.send(GATEWAY.request("HEAD", path)).statusCode()).isEqualTo(200);
  }

  @Test
  void head_needs_the_token_that_get_needs() {
    assertThat(GATEWAY.send(GATEWAY.request("HEAD", "/orders")).statusCode()).isEqualTo(401);
    assertThat(
            GATEWAY.send(GATEWAY.requestAs("customer", "HEAD", "/admin/projections")).statusCode())
        .isEqualTo(403);
    assertThat(SharedServices.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/products,                        'GET,HEAD,POST,OPTIONS'",
    "/products/PROD-1,                 'GET,HEAD,OPTIONS'",
    "/products/PROD-1/price,           'PUT,OPTIONS'",
    "/inventory/PROD-1,                'GET,HEAD,OPTIONS'",
    "/orders,                          'GET,HEAD,POST,OPTIONS'",
    "/orders/ORD-1/cancel,             'POST,OPTIONS'",
    "/customers/alice/personal-data,   'GET,HEAD,DELETE,OPTIONS'",
    "/admin/orders,                    'GET,HEAD,OPTIONS'",
    "/admin/orders.csv,                'GET,HEAD,OPTIONS'",
    "/oauth2/token,                    'POST,OPTIONS'",
    "/oauth2/jwks,                     'GET,HEAD,OPTIONS'",
    "/v3/api-docs,                     'GET,HEAD,OPTIONS'"
  })
  void each_path_says_which_methods_it_has(String path, String methods) {
    var asked = GATEWAY.send(GATEWAY.request("OPTIONS", path));
    var other = GATEWAY.send(GATEWAY.request("PATCH", path));

    assertThat(asked.statusCode()).isBetween(200, 204);
    assertThat(allowed(asked)).isEqualTo(Set.of(methods.split(",")));
    assertProblem(other, 405, "METHOD_NOT_ALLOWED");
    assertThat(allowed(other)).isEqualTo(Set.of(methods.split(",")));
    assertThat(SharedServices.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/products", "/oauth2/token", "/v3/api-docs"})
  void no_page_of_another_origin_is_permitted_to_call(String path) {
    var preflight =
        GATEWAY
            .request("OPTIONS", path)
            .header("Origin", "https://elsewhere.example")
            .header("Access-Control-Request-Method", "POST");

    var answer = GATEWAY.send(preflight);

    assertThat(answer.statusCode()).isBetween(200, 204);
    assertThat(answer.headers().firstValue("Allow")).isPresent();
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  @Test
  void what_is_not_there_has_no_methods() {
    assertProblem(GATEWAY.send(GATEWAY.request("PATCH", "/nowhere")), 404, "NOT_FOUND");
    assertProblem(GATEWAY.send(GATEWAY.request("OPTIONS", "/nowhere")), 404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({"application/problem+json", "application/vnd.shop+json", "text/html", "nonsense"})
  void a_success_is_what_it_is_or_not_acceptable(String accept) {
    var answer = GATEWAY.send(GATEWAY.request("GET", "/oauth2/jwks").header("Accept", accept));

    assertProblem(answer, 406, "NOT_ACCEPTABLE");
  }

  private static Set<String> allowed(HttpResponse<String> answer) {
    return Set.of(answer.headers().firstValue("Allow").orElseThrow().split(", ?"));
  }
}
