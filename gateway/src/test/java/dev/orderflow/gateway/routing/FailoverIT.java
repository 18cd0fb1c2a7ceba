package dev.orderflow.gateway.routing;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.BreakingService;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverIT {
  private static final BreakingService BREAKING = new BreakingService();
  private static final FakeService SLOW = new FakeService("slow");
  private static final FakeService SLOWER = new FakeService("slower");
  private static final FakeService OTHER = new FakeService("other");
  private static final String NOBODY = RunningGateway.NOBODY + "," + RunningGateway.NOBODY;

  private static RunningGateway gateway;
  private static RunningGateway impatient;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.instances.command-side",
                BREAKING.url() + "," + OTHER.url(),
                "orderflow.instances.query-side",
                NOBODY,
                "orderflow.instances.saga",
                NOBODY,
                "orderflow.gateway.response-timeout",
                "30s"));
    impatient =
        RunningGateway.start(
            Map.of(
                "orderflow.instances.command-side",
                SLOW.url() + "," + SLOWER.url(),
                "orderflow.gateway.response-timeout",
                "300ms"));
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    impatient.close();
    BREAKING.close();
    SLOW.close();
    SLOWER.close();
    OTHER.close();
  }

  @BeforeEach
  void reset() {
    SLOW.reset();
    SLOWER.reset();
    OTHER.reset();
  }

  private static RunningGateway gatewayTo(String... commandSides) {
    return RunningGateway.start(
        Map.of(
            "orderflow.instances.command-side",
            String.join(",", commandSides),
            "orderflow.gateway.response-timeout",
            "30s"));
  }

  @Test
  void instances_are_asked_in_turn_and_a_dead_one_is_skipped_until_it_is_back() {
    try (var one = new FakeService("one");
        var two = new FakeService("two");
        var gateway = gatewayTo(one.url(), two.url())) {
      assertThat(answers(gateway, 4)).containsExactly("one", "two", "one", "two");

      one.die();
      // A write on a connection whose end is not seen yet is left to the caller to send again.
      await().untilAsserted(() -> assertThat(answers(gateway, 4)).containsOnly("two"));

      one.restart();
      assertThat(answers(gateway, 4)).containsExactly("one", "two", "one", "two");
    }
  }

  private static Stream<String> answers(RunningGateway gateway, int requests) {
    return Stream.generate(
        () -> gateway.send(gateway.requestAs("customer", "POST", "/orders")).body())
        .limit(requests)
        .toList()
        .stream();
  }

  @ParameterizedTest
  @CsvSource({"GET, /admin/tasks, staff", "POST, /admin/projections/product-view/rebuild, staff"})
  void without_any_instance_the_answer_is_to_try_again(String method, String path, String scope) {
    var response = gateway.send(gateway.requestAs(scope, method, path));

    assertProblem(response, 503, "UNAVAILABLE");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void the_only_instance_is_used_at_once_when_it_is_back() {
    try (var only = new FakeService("only");
        var gateway = gatewayTo(only.url())) {
      assertThat(answers(gateway, 2)).containsOnly("only");
      only.die();
      var request = gateway.requestAs("customer", "POST", "/orders");
      assertProblem(gateway.send(request), 503, "UNAVAILABLE");

      only.restart();

      assertThat(answers(gateway, 1)).containsOnly("only");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"})
  void a_read_that_breaks_off_is_asked_of_the_next_instance(String firstWords) {
    BREAKING.saying(firstWords);

    assertThat(twice("GET", "/inventory/PROD-1"))
        .extracting(HttpResponse::body)
        .containsOnly("other");

    assertThat(BREAKING.requests()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nhalf"})
  void a_write_that_breaks_off_is_left_to_the_caller_to_send_again(String firstWords) {
    BREAKING.saying(firstWords);

    assertThat(twice("POST", "/orders"))
        .filteredOn(response -> !response.body().equals("other"))
        .singleElement()
        .satisfies(response -> assertProblem(response, 503, "UNAVAILABLE"));

    assertThat(BREAKING.requests()).isOne();
    assertThat(OTHER.received()).hasSize(1);
  }

  /** They are asked in turn: each of the two goes first to another instance. */
  private static List<HttpResponse<String>> twice(String method, String path) {
    return Stream.generate(() -> gateway.send(gateway.requestAs("customer", method, path)))
        .limit(2)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"GET, /inventory/PROD-1", "POST, /orders"})
  void an_instance_that_does_not_answer_in_time_is_not_waited_for(String method, String path) {
    var never = new CountDownLatch(1);
    try {
      SLOW.answering(_ -> awaitQuietly(never));
      SLOWER.answering(_ -> awaitQuietly(never));

      var response = impatient.send(impatient.requestAs("customer", method, path));

      assertProblem(response, 503, "UNAVAILABLE");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(Stream.of(SLOW, SLOWER).flatMap(instance -> instance.received().stream()))
          .filteredOn(received -> received.uri().equals(path))
          .as("asked of one of them only")
          .hasSizeLessThanOrEqualTo(1);
    } finally {
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/products/import", "/inventory/import"})
  void an_import_may_take_longer_than_all_else(String path) {
    var never = new CountDownLatch(1);
    var imported = new CountDownLatch(1);
    try {
      for (var instance : List.of(SLOW, SLOWER)) {
        instance.answering(exchange -> {
          awaitQuietly(exchange.getRequestURI().getPath().equals(path) ? imported : never);
          FakeService.answer(exchange, 200, "imported");
        });
      }
      var answer =
          CompletableFuture.supplyAsync(
              () -> impatient.send(impatient.requestAs("staff", "POST", path)));
      await()
          .until(() ->
              Stream.of(SLOW, SLOWER)
                  .flatMap(instance -> instance.received().stream())
                  .anyMatch(received -> received.uri().equals(path)));

      assertProblem(
          impatient.send(impatient.requestAs("staff", "POST", "/products")), 503, "UNAVAILABLE");
      imported.countDown();

      assertThat(answer.join().body()).isEqualTo("imported");
    } finally {
      never.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
