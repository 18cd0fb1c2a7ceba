package dev.orderflow.gateway.routing;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.BreakingService;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverIT {
  private static RunningGateway gatewayTo(String... commandSides) {
    return impatientGatewayTo("30s", commandSides);
  }

  private static RunningGateway impatientGatewayTo(String timeout, String... commandSides) {
    return RunningGateway.start(
        Map.of(
            "orderflow.instances.command-side",
            String.join(",", commandSides),
            "orderflow.gateway.response-timeout",
            timeout));
  }

  @Test
  void instances_are_asked_in_turn_and_a_dead_one_is_skipped_until_it_is_back() {
    try (var one = new FakeService("one");
        var two = new FakeService("two");
        var gateway = gatewayTo(one.url(), two.url())) {
      assertThat(answers(gateway, 4)).containsExactly("one", "two", "one", "two");

      one.die();
      assertThat(answers(gateway, 4)).containsOnly("two");

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
  @CsvSource({"GET, /inventory/PROD-1", "POST, /orders"})
  void without_any_instance_the_answer_is_to_try_again(String method, String path) {
    try (var gateway = gatewayTo(RunningGateway.NOBODY, RunningGateway.NOBODY)) {
      var response = gateway.send(gateway.requestAs("customer", method, path));

      assertProblem(response, 503, "UNAVAILABLE");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }
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
  void a_read_that_breaks_off_is_asked_of_the_next_instance(String firstWords) throws IOException {
    try (var breaking = new BreakingService(firstWords);
        var other = new FakeService("other");
        var gateway = gatewayTo(breaking.url(), other.url())) {
      var response = gateway.send(gateway.requestAs("customer", "GET", "/inventory/PROD-1"));

      assertThat(response.body()).isEqualTo("other");
      assertThat(breaking.requests()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nhalf"})
  void a_write_that_breaks_off_is_left_to_the_caller_to_send_again(String firstWords)
      throws IOException {
    try (var breaking = new BreakingService(firstWords);
        var other = new FakeService("other");
        var gateway = gatewayTo(breaking.url(), other.url())) {
      var response = gateway.send(gateway.requestAs("customer", "POST", "/orders"));

      assertProblem(response, 503, "UNAVAILABLE");
      assertThat(breaking.requests()).isOne();
      assertThat(other.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, /inventory/PROD-1", "POST, /orders"})
  void an_instance_that_does_not_answer_in_time_is_not_waited_for(String method, String path) {
    var never = new CountDownLatch(1);
    try (var slow = new FakeService("slow");
        var other = new FakeService("other");
        var gateway = impatientGatewayTo("300ms", slow.url(), other.url())) {
      slow.answering(_ -> awaitQuietly(never));

      var response = gateway.send(gateway.requestAs("customer", method, path));

      assertProblem(response, 503, "UNAVAILABLE");
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(other.received()).isEmpty();
    } finally {
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/products/import", "/inventory/import"})
  void an_import_may_take_longer_than_all_else(String path) {
    var never = new CountDownLatch(1);
    var imported = new CountDownLatch(1);
    try (var slow = new FakeService("slow");
        var gateway = impatientGatewayTo("300ms", slow.url())) {
      slow.answering(exchange -> {
        awaitQuietly(exchange.getRequestURI().getPath().equals(path) ? imported : never);
        FakeService.answer(exchange, 200, "imported");
      });
      var answer =
          CompletableFuture.supplyAsync(
              () -> gateway.send(gateway.requestAs("staff", "POST", path)));
      await().until(() -> !slow.received().isEmpty());

      assertProblem(
          gateway.send(gateway.requestAs("customer", "POST", "/orders")), 503, "UNAVAILABLE");
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
