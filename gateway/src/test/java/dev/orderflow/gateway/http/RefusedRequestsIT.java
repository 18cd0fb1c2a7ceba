package dev.orderflow.gateway.http;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedRequestsIT {
  private static final FakeService SERVICE = new FakeService("service");
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.instances.command-side", SERVICE.url(),
                "orderflow.instances.query-side", SERVICE.url(),
                "orderflow.gateway.max-request-size", "1KB"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    SERVICE.close();
  }

  @AfterEach
  void no_service_has_seen_it() {
    assertThat(SERVICE.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/products/..%2factuator", "/products/a%5Cb", "/products/a;b", "/products//x"})
  void a_path_that_could_be_read_in_two_ways_is_refused(String path) {
    assertProblem(gateway.send(gateway.request("GET", path)), 400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /products/<x> HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /products/% HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /products HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /products HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n"
      })
  void what_is_not_http_is_refused(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 400")
          .doesNotContain("html");
    }
  }

  @Test
  void a_body_that_is_too_large_is_refused() {
    var tooLarge = "x".repeat(1025);
    var knownLength = gateway.requestAs("customer", "POST", "/orders");
    knownLength.POST(BodyPublishers.ofString(tooLarge));
    var unknownLength = gateway.requestAs("customer", "POST", "/orders");
    unknownLength.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(tooLarge)));

    assertProblem(gateway.send(knownLength), 400, "VALIDATION_FAILED");
    assertProblem(gateway.send(unknownLength), 400, "VALIDATION_FAILED");
  }

  @Test
  void a_body_that_breaks_off_is_refused() throws IOException {
    var token = gateway.keys().token("alice", "customer");
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /orders HTTP/1.1\r
              Host: shop.example\r
              Authorization: Bearer %s\r
              Content-Length: 100\r
              \r
              {"version":\
              """
                  .formatted(token)
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 400")
          .contains("VALIDATION_FAILED");
    }
  }

  @Test
  void headers_that_are_too_large_are_refused() {
    var request = gateway.request("GET", "/products").header("Accept", "x".repeat(20_000));

    assertThat(gateway.send(request).statusCode()).isBetween(400, 499);
  }
}
