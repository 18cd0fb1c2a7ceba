package dev.orderflow.gateway.routing;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static dev.orderflow.gateway.testing.SharedServices.COMMAND_SIDE;
import static dev.orderflow.gateway.testing.SharedServices.QUERY_SIDE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesIT {
  private static final RunningGateway GATEWAY = SharedServices.gateway();

  @BeforeEach
  void reset() {
    SharedServices.reset();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /products,                          query-side,   -",
    "GET,    /products?pageSize=5&pageToken=a%2Fb%2B%3D, query-side, -",
    "GET,    /products/PROD-1,                   query-side,   -",
    "POST,   /products,                          command-side, staff",
    "POST,   /products/import,                   command-side, staff",
    "PUT,    /products/PROD-1/price,             command-side, staff",
    "POST,   /products/PROD-1/activate,          command-side, staff",
    "POST,   /products/PROD-1/deactivate,        command-side, staff",
    "POST,   /inventory/PROD-1/receipts,         command-side, staff",
    "POST,   /inventory/import,                  command-side, staff",
    "GET,    /inventory/PROD-1,                  command-side, customer",
    "POST,   /orders,                            command-side, customer",
    "POST,   /orders/ORD-1/cancel,               command-side, customer",
    "GET,    /orders,                            query-side,   customer",
    "GET,    /orders/ORD-1,                      query-side,   customer",
    "GET,    /orders/ORD-1/events,               query-side,   customer",
    "GET,    /orders?status=PENDING&placedFrom=2026-11-22T17%3A00%3A00%2B07%3A00, query-side, customer",
    "GET,    /products?q=c%C3%A0%20ph%C3%AA, query-side,       -",
    "GET,    /customers/alice/personal-data,     command-side, customer",
    "DELETE, /customers/alice/personal-data,     command-side, customer",
    "GET,    /admin/orders?userId=alice,         query-side,   staff",
    "GET,    /admin/orders.csv?userId=alice,     query-side,   staff",
    "GET,    /admin/projections,                 query-side,   staff",
    "POST,   /admin/projections/product/rebuild, query-side,   staff",
    "DELETE, /admin/projections/product/rebuild, query-side,   staff",
    "GET,    /admin/events,                      query-side,   staff",
    "GET,    /admin/streams/order-ORD-1,         command-side, staff",
    "GET,    /admin/publication,                 command-side, staff",
    "POST,   /admin/publication/republish,       command-side, staff",
    "PUT,    /admin/demo/provider,               saga,         staff",
    "GET,    /admin/tasks,                       saga,         staff",
    "GET,    /admin/dead-letters/saga-7,         saga,         staff",
    "POST,   /admin/dead-letters/saga-7/retry,   saga,         staff",
    "DELETE, /admin/dead-letters/saga-7?reason=mended, saga,   staff",
    "GET,    /admin/dead-letters/query-side-7,         query-side, staff",
    "POST,   /admin/dead-letters/query-side-7/retry,   query-side, staff",
    "DELETE, /admin/dead-letters/query-side-7?reason=mended, query-side, staff"
  })
  void each_call_reaches_the_service_that_answers_it(
      String method, String path, String service, String scope) {
    var request =
        scope.equals("-") ? GATEWAY.request(method, path) : GATEWAY.requestAs(scope, method, path);

    var response = GATEWAY.send(request);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(service);
    var received =
        SharedServices.ALL.stream()
            .filter(s -> s.name().equals(service))
            .findFirst()
            .orElseThrow()
            .last();
    assertThat(received.method()).isEqualTo(method);
    assertThat(received.uri()).isEqualTo(path);
    assertThat(received.body()).isEqualTo(method.equals("GET") ? "" : "{}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /nothing",
    "GET,  /orders/1/unknown",
    "GET,  /error",
    "GET,  /actuator",
    "GET,  /actuator/env",
    "GET,  /actuator/health",
    "GET,  /actuator/health/liveness",
    "GET,  /actuator/prometheus",
    "GET,  /products/actuator/health",
    "GET,  /query-side/actuator/health",
    "GET,  /admin/actuator/health"
  })
  void whatever_else_is_asked_for_is_not_there(String method, String path) {
    assertProblem(GATEWAY.send(GATEWAY.request(method, path)), 404, "NOT_FOUND");
    assertProblem(GATEWAY.send(GATEWAY.requestAs("staff", method, path)), 404, "NOT_FOUND");
    assertThat(SharedServices.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
  void its_own_health_needs_no_token_and_troubles_no_service(String path) {
    var response = GATEWAY.send(GATEWAY.managementRequest(path));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("UP");
    assertThat(SharedServices.received()).isEmpty();
  }

  @Test
  void its_own_metrics_need_no_token() {
    assertThat(GATEWAY.send(GATEWAY.managementRequest("/actuator/prometheus")).body())
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void the_headers_that_services_know_reach_them() {
    var token = SigningKeys.TRUSTED.token("alice", "customer");
    GATEWAY.send(
        GATEWAY
            .request("POST", "/orders")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "alice_20241201143022_abc789")
            .header("If-Match", "\"3\"")
            .header("If-None-Match", "\"4\"")
            .header("Orderflow-Consistency", "products=5"));

    var received = COMMAND_SIDE.last();
    assertThat(received.header("Authorization")).isEqualTo("Bearer " + token);
    assertThat(received.header("Content-Type")).isEqualTo("application/json");
    assertThat(received.header("Idempotency-Key")).isEqualTo("alice_20241201143022_abc789");
    assertThat(received.header("If-Match")).isEqualTo("\"3\"");
    assertThat(received.header("If-None-Match")).isEqualTo("\"4\"");
    assertThat(received.header("Orderflow-Consistency")).isEqualTo("products=5");
  }

  @Test
  void a_client_does_not_decide_what_is_traced() {
    GATEWAY.send(
        GATEWAY
            .request("GET", "/products")
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .header("tracestate", "vendor=1")
            .header("b3", "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1"));

    var received = QUERY_SIDE.last();
    assertThat(received.header("Traceparent"))
        .as("of the gateway's own, and not sampled")
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
        .doesNotContain("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(received.header("Tracestate")).isNull();
    assertThat(received.header("B3")).isNull();
  }

  @Test
  void what_a_client_claims_beside_its_token_and_headers_of_its_connection_stay_outside()
      throws IOException {
    try (var socket = new Socket("127.0.0.1", GATEWAY.port())) {
      socket
          .getOutputStream()
          .write(
              """
              GET /products HTTP/1.1\r
              Host: shop.example\r
              Connection: close, X-Secret-Hop\r
              X-Secret-Hop: 1\r
              TE: trailers\r
              Upgrade: h2c\r
              Proxy-Authorization: Basic eDp5\r
              X-User: admin\r
              X-User-Id: admin\r
              X-Forwarded-For: 10.0.0.1\r
              X-Forwarded-User: admin\r
              Forwarded: for=10.0.0.1\r
              Cookie: session=1\r
              \r
              """
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200");
    }
    assertThat(QUERY_SIDE.last().headers().keySet())
        .doesNotContain(
            "X-secret-hop",
            "Te",
            "Upgrade",
            "Http2-settings",
            "Proxy-authorization",
            "X-user",
            "X-user-id",
            "X-forwarded-for",
            "X-forwarded-user",
            "Forwarded",
            "Cookie");
    assertThat(QUERY_SIDE.last().header("Host")).isEqualTo(QUERY_SIDE.url().substring(7));
  }

  @Test
  void an_answer_comes_back_with_its_status_and_headers_but_those_of_its_connection() {
    COMMAND_SIDE.answering(exchange -> {
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("Location", "/orders/ORD-1");
      headers.set("ETag", "\"7\"");
      headers.set("Retry-After", "3");
      headers.set("Idempotent-Replayed", "true");
      headers.set("Orderflow-Consistency", "orders=9");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Keep-Alive", "timeout=5");
      headers.set("Proxy-Authenticate", "Basic");
      FakeService.answer(exchange, 201, "{\"orderId\":\"ORD-1\"}");
    });

    var response = GATEWAY.send(GATEWAY.requestAs("customer", "POST", "/orders"));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("{\"orderId\":\"ORD-1\"}");
    var headers = response.headers();
    assertThat(headers.allValues("Content-Type")).containsExactly("application/json");
    assertThat(headers.allValues("Location")).containsExactly("/orders/ORD-1");
    assertThat(headers.allValues("ETag")).containsExactly("\"7\"");
    assertThat(headers.allValues("Retry-After")).containsExactly("3");
    assertThat(headers.allValues("Idempotent-Replayed")).containsExactly("true");
    assertThat(headers.allValues("Orderflow-Consistency")).containsExactly("orders=9");
    assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(headers.allValues("Date")).hasSize(1);
    assertThat(headers.map().keySet()).doesNotContain("Proxy-Authenticate", "proxy-authenticate");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 304, 400, 404, 409, 412, 422, 500})
  void every_status_comes_back_as_it_is(int status) {
    QUERY_SIDE.answering(exchange -> {
      exchange.getResponseHeaders().set("ETag", "\"7\"");
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      FakeService.answer(exchange, status, status == 204 || status == 304 ? "" : "as it is");
    });

    var response =
        GATEWAY.send(GATEWAY.request("GET", "/products/PROD-1").header("If-None-Match", "\"7\""));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("ETag")).hasValue("\"7\"");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.body()).isEqualTo(status == 204 || status == 304 ? "" : "as it is");
    assertThat(QUERY_SIDE.received()).hasSize(1);
  }

  @Test
  void a_body_of_unknown_length_arrives_whole() {
    var request = GATEWAY.requestAs("customer", "POST", "/orders");
    request.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(1000))));

    GATEWAY.send(request);

    assertThat(COMMAND_SIDE.last().body()).isEqualTo("x".repeat(1000));
  }
}
