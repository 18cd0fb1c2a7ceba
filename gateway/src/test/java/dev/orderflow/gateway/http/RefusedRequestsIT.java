package dev.orderflow.gateway.http;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusedRequestsIT {
  private static final RunningGateway GATEWAY = SharedServices.gateway();

  @BeforeEach
  void reset() {
    SharedServices.reset();
  }

  @AfterEach
  void no_service_has_seen_it() {
    assertThat(SharedServices.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/products/..%2factuator", "/products/a%5Cb", "/products/a;b", "/products//x"})
  void a_path_that_could_be_read_in_two_ways_is_refused(String path) {
    assertProblem(GATEWAY.send(GATEWAY.request("GET", path)), 400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /products/<x> HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /products/% HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /;a=b:x=% HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /products HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /products HTTP/1.1\r\n\r\n",
        "GET /products HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /products HTTP/3.7\r\nHost: a\r\n\r\n",
        "GET /products NONSENSE\r\nHost: a\r\n\r\n",
        "G(T /products HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /products HTTP/1.1\r\nHost: a\r\nbad header: x\r\n\r\n",
        "GET /products HTTP/1.1\r\nHost: a\r\nAccept-Language: \u0001\r\n\r\n",
        "GET /products HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
        "nonsense\r\n\r\n"
      })
  void what_is_not_http_that_can_be_read_in_one_way_is_refused(String request) throws IOException {
    assertRefused(request, 400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?x=%",
        "?%",
        "?x=%zz",
        "?x=%ff",
        "?x=%c0%80",
        "?x=1&x=2",
        "?pageSize=1&pageSize=2",
        "?%=%&a"
      })
  void parameters_that_cannot_be_read_in_one_way_are_refused_on_every_path(String query)
      throws IOException {
    for (var path : List.of("/products", "/products/PROD-1", "/docs", "/oauth2/jwks", "/nowhere")) {
      assertRefused(
          "GET " + path + query + " HTTP/1.1\r\nHost: a\r\n\r\n", 400, "VALIDATION_FAILED");
    }
    assertRefused(
        "POST /oauth2/token" + query + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        400,
        "VALIDATION_FAILED");
  }

  @Test
  void more_parameters_than_anybody_needs_are_refused() {
    var many =
        IntStream.range(0, 1_200).mapToObj(i -> "p" + i).collect(Collectors.joining("&", "?", ""));

    assertProblem(
        GATEWAY.send(GATEWAY.request("GET", "/products" + many)), 400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @CsvSource({
    "grant_type=%, UTF-8",
    "grant_type=%ff, UTF-8",
    "grant_type=client_credentials&scope=%e2%28%a1, UTF-8",
    "grant_type=client_credentials, no-such-charset"
  })
  void a_form_that_cannot_be_read_is_refused(String form, String charset) {
    var request =
        GATEWAY
            .request("POST", "/oauth2/token")
            .header("Content-Type", "application/x-www-form-urlencoded;charset=" + charset)
            .POST(BodyPublishers.ofString(form));

    var answer = GATEWAY.send(request);
    assertThat(answer.statusCode()).isBetween(400, 415);
    assertThat(answer.body()).contains("\"code\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {9_000, 3_000_000})
  void a_form_that_is_too_large_is_refused(int size) {
    var form = BodyPublishers.ofString("grant_type=" + "x".repeat(size));
    var request =
        GATEWAY
            .request("POST", "/oauth2/token")
            .header("Content-Type", "application/x-www-form-urlencoded");

    assertProblem(GATEWAY.send(request.POST(form)), 413, "CONTENT_TOO_LARGE");
    var unknownLength = GATEWAY.send(request.POST(BodyPublishers.fromPublisher(form)));
    assertProblem(unknownLength, 413, "CONTENT_TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Content-Type", "Idempotency-Key"})
  void a_header_that_must_be_there_once_is_not_there_twice(String name) throws IOException {
    assertRefused(
        "POST /orders HTTP/1.1\r\nHost: a\r\n%1$s: a\r\n%1$s: b\r\nContent-Length: 0\r\n\r\n"
            .formatted(name),
        400,
        "VALIDATION_FAILED");
  }

  @Test
  void a_body_that_is_coded_is_refused() {
    var request =
        GATEWAY.requestAs("customer", "POST", "/orders").header("Content-Encoding", "gzip");

    assertProblem(GATEWAY.send(request), 415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "trace", "BREW", "PATCH", "PROPFIND"})
  void a_method_that_a_path_does_not_have_is_not_allowed(String method) throws IOException {
    assertThat(
            assertRefused(
                method + " /products HTTP/1.1\r\nHost: a\r\n\r\n", 405, "METHOD_NOT_ALLOWED"))
        .contains("Allow: ");
  }

  /** At once, since Tomcat would tell of the first that each of its processors cannot read. */
  @Test
  void refusals_write_next_to_nothing_into_the_log(CapturedOutput output)
      throws InterruptedException, ExecutionException {
    var before = output.getAll().length();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking =
          IntStream.range(0, 200)
              .<Callable<String>>mapToObj(i ->
                  () ->
                      assertRefused(
                          i % 2 == 0
                              ? "GET /products?x=%&i=" + i + " HTTP/1.1\r\nHost: a\r\n\r\n"
                              : "nonsense\r\n\r\n",
                          400,
                          "VALIDATION_FAILED"))
              .toList();
      for (var refused : threads.invokeAll(asking)) {
        refused.get();
      }
    }

    assertThat(output.getAll().substring(before)).hasSizeLessThan(500);
  }

  private static String assertRefused(String request, int status, String code) throws IOException {
    try (var socket = new Socket("127.0.0.1", GATEWAY.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(answer)
          .as(request)
          .startsWith("HTTP/1.1 " + status)
          .contains("Content-Type: application/problem+json", "\"code\":\"" + code + "\"");
      return answer;
    }
  }

  @Test
  void a_body_that_is_too_large_is_refused() {
    var tooLarge = "x".repeat(1025);
    var knownLength = GATEWAY.requestAs("customer", "POST", "/orders");
    knownLength.POST(BodyPublishers.ofString(tooLarge));
    var unknownLength = GATEWAY.requestAs("customer", "POST", "/orders");
    unknownLength.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(tooLarge)));

    assertProblem(GATEWAY.send(knownLength), 413, "CONTENT_TOO_LARGE");
    assertProblem(GATEWAY.send(unknownLength), 413, "CONTENT_TOO_LARGE");
  }

  @Test
  void a_body_that_breaks_off_is_refused() throws IOException {
    var token = SigningKeys.TRUSTED.token("alice", "customer");
    try (var socket = new Socket("127.0.0.1", GATEWAY.port())) {
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
    var request = GATEWAY.request("GET", "/products").header("Accept", "x".repeat(20_000));

    assertProblem(GATEWAY.send(request), 431, "HEADERS_TOO_LARGE");
  }

  @Test
  void headers_that_are_too_many_are_refused() throws IOException {
    assertRefused(
        "GET /products HTTP/1.1\r\nHost: a\r\n" + "X: x\r\n".repeat(1_000) + "\r\n",
        431,
        "HEADERS_TOO_LARGE");
  }

  @Test
  void an_address_that_is_too_long_is_refused() throws IOException {
    assertRefused(
        "GET /products/" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
        414,
        "URI_TOO_LONG");
  }
}
