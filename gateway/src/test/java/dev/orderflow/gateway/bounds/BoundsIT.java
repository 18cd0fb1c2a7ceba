package dev.orderflow.gateway.bounds;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.platform.testing.SigningKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What callers may have under way at a time: four requests, two each, and 64 KB of bodies, 32 each.
 */
@Timeout(60)
class BoundsIT {
  private static final int MAX_BUFFERED_PER_CALLER = 32 * 1024;

  private static FakeService service;
  private static RunningGateway gateway;

  private final CountDownLatch answer = new CountDownLatch(1);

  @BeforeAll
  static void start() {
    service = new FakeService("service");
    gateway =
        RunningGateway.start(
            Map.ofEntries(
                Map.entry("orderflow.instances.command-side", service.url()),
                Map.entry("orderflow.instances.query-side", service.url()),
                Map.entry("orderflow.requests.max-connections", "5000"),
                Map.entry("orderflow.requests.max-open", "4"),
                Map.entry("orderflow.requests.max-per-caller", "2"),
                Map.entry("orderflow.requests.silence", "3s"),
                Map.entry("orderflow.requests.arrival", "2s"),
                Map.entry("orderflow.gateway.max-buffered", "64KB"),
                Map.entry("orderflow.gateway.max-buffered-per-caller", "32KB"),
                Map.entry("orderflow.gateway.max-streams", "2"),
                Map.entry("orderflow.gateway.max-streams-per-caller", "1")));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    service.close();
  }

  @AfterEach
  void nothing_is_under_way_any_more() {
    answer.countDown();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            gateway.bean(MeterRegistry.class).get("orderflow.requests.open").gauge().value() == 0);
  }

  private void answerLater(HttpExchange exchange) throws IOException {
    try {
      answer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    FakeService.answer(exchange, 200, "late");
  }

  private HttpRequest.Builder requestOf(String subject, String method, String path) {
    return gateway
        .request(method, path)
        .header("Authorization", "Bearer " + SigningKeys.TRUSTED.token(subject, "customer"));
  }

  private CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
    var before = service.received().size();
    var asked =
        CompletableFuture.supplyAsync(() -> gateway.send(request), Thread::startVirtualThread);
    await().until(() -> service.received().size() > before);
    return asked;
  }

  @Test
  void a_caller_with_too_many_requests_under_way_is_refused_and_others_are_not() {
    service.answering(this::answerLater);
    var underWay =
        List.of(
            begin(requestOf("alice", "GET", "/orders")),
            begin(requestOf("alice", "GET", "/orders")));

    var refused = gateway.send(requestOf("alice", "GET", "/orders"));
    var other = begin(requestOf("bob", "GET", "/orders"));

    assertProblem(refused, 429, "RATE_LIMITED");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    answer.countDown();
    assertThat(underWay).allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
    assertThat(other.join().statusCode()).isEqualTo(200);
    assertThat(gateway.send(requestOf("alice", "GET", "/orders")).statusCode()).isEqualTo(200);
  }

  @Test
  void too_many_requests_of_all_callers_are_refused_and_the_gateway_still_says_that_it_is_well() {
    service.answering(this::answerLater);
    for (var caller : List.of("alice", "bob")) {
      begin(requestOf(caller, "GET", "/orders"));
      begin(requestOf(caller, "GET", "/orders"));
    }

    var refused = gateway.send(gateway.request("GET", "/products"));

    assertProblem(refused, 503, "UNAVAILABLE");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(gateway.send(gateway.managementRequest("/actuator/health/liveness")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void an_answer_that_has_no_room_is_refused_and_gives_back_what_it_took() {
    var fits = "x".repeat(MAX_BUFFERED_PER_CALLER);
    service.answering(exchange -> FakeService.answer(exchange, 200, fits + "x"));
    assertProblem(gateway.send(gateway.request("GET", "/products")), 429, "RATE_LIMITED");

    service.answering(exchange -> FakeService.answer(exchange, 200, fits));
    assertThat(gateway.send(gateway.request("GET", "/products")).body()).isEqualTo(fits);
  }

  @Test
  void an_export_needs_no_room_however_long_it_is() {
    var records = "x".repeat(100 * MAX_BUFFERED_PER_CALLER);
    service.answering(exchange -> FakeService.answer(exchange, 200, records));

    var export = gateway.send(gateway.requestAs("staff", "GET", "/admin/orders.csv"));

    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(export.body()).isEqualTo(records);
  }

  @Test
  void a_body_that_has_no_room_is_refused() {
    var tooLarge = requestOf("alice", "POST", "/orders");
    tooLarge.POST(HttpRequest.BodyPublishers.ofString("x".repeat(MAX_BUFFERED_PER_CALLER)));

    assertProblem(gateway.send(tooLarge), 429, "RATE_LIMITED");
  }

  @Test
  void the_rest_of_a_refused_body_is_not_waited_for() throws IOException {
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nsome"
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(textOf(socket.getInputStream())).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void a_body_that_does_not_arrive_is_not_waited_for() throws IOException {
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "POST /orders HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Length: 9\r\n\r\n{"
                  .formatted(SigningKeys.TRUSTED.token("alice", "customer"))
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(textOf(socket.getInputStream()))
          .startsWith("HTTP/1.1 400")
          .contains("arrive whole and soon");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/orders, application/json, Content-Length: 900, ''",
    "/oauth2/token, application/x-www-form-urlencoded, Content-Length: 900, ''",
    // The rest is the extension of a chunk.
    "/orders, application/json, Transfer-Encoding: chunked, 1;"
  })
  void a_body_that_arrives_too_slowly_is_not_waited_for(
      String path, String type, String framing, String first) throws IOException {
    try (var socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      var out = socket.getOutputStream();
      out.write(
          """
          POST %s HTTP/1.1\r
          Host: a\r
          Authorization: Bearer %s\r
          Content-Type: %s\r
          %s\r
          \r
          %s\
          """
              .formatted(path, SigningKeys.TRUSTED.token("alice", "customer"), type, framing, first)
              .getBytes(StandardCharsets.US_ASCII));
      // What is written after the answer may be refused, which does not matter here.
      var _ = CompletableFuture.runAsync(() -> drip(out), Thread::startVirtualThread);

      var answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
    }
  }

  private static void drip(OutputStream out) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          out.write('x');
          return false;
        });
  }

  @Test
  void half_requests_cost_nobody_an_answer_and_are_closed() throws IOException {
    var half = new ArrayList<Socket>();
    try {
      for (var count = 0; count < 500; count++) {
        var socket = new Socket("127.0.0.1", gateway.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write("GET /products HT".getBytes(StandardCharsets.US_ASCII));
        half.add(socket);
      }

      assertThat(gateway.send(gateway.request("GET", "/products")).statusCode()).isEqualTo(200);
      for (var socket : half) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (var socket : half) {
        socket.close();
      }
    }
  }

  private static String textOf(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void a_stream_has_a_place_of_its_own_until_its_client_hangs_up_although_nothing_is_written()
      throws IOException {
    service.answering(exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
    });
    for (var round = 0; round < 3; round++) {
      try (var stream = opened()) {
        assertProblem(
            gateway.send(requestOf("alice", "GET", "/orders/ORD-1/events")), 429, "RATE_LIMITED");
        assertThat(stream).isNotNull();
      }
    }
  }

  /** Once there is a place for it. */
  private InputStream opened() {
    return await()
        .until(
            () -> gateway.open(requestOf("alice", "GET", "/orders/ORD-1/events")),
            answer -> answer.statusCode() == 200)
        .body();
  }

  @Test
  void thousands_of_requests_at_once_are_answered_or_refused_and_all_is_as_before() {
    var page = "x".repeat(8 * 1024);
    service.answering(exchange -> FakeService.answer(exchange, 200, page));
    var calls =
        IntStream.range(0, 2_000)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> gateway.send(gateway.request("GET", "/products")).statusCode(),
                    Thread::startVirtualThread))
            .toList();

    assertThat(calls).map(CompletableFuture::join).isSubsetOf(200, 429, 503);
    assertThat(gateway.send(gateway.request("GET", "/products")).statusCode()).isEqualTo(200);
  }
}
