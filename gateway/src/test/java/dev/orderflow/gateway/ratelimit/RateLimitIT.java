package dev.orderflow.gateway.ratelimit;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.RunningRedis;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RateLimitIT {
  private final FakeService service = new FakeService("service");
  private RunningRedis redis;

  @BeforeEach
  void start() throws IOException {
    redis = new RunningRedis();
    redis.start();
  }

  @AfterEach
  void stop() throws IOException {
    redis.close();
    service.close();
  }

  private RunningGateway gateway() {
    return RunningGateway.start(
        Map.of(
            "orderflow.instances.query-side", service.url(),
            "orderflow.gateway.rate-limit.requests-per-second", "1",
            "orderflow.gateway.rate-limit.burst", "3",
            "orderflow.gateway.rate-limit.patience", "2s",
            "spring.data.redis.url", redis.url()));
  }

  private static HttpResponse<String> ordersOf(RunningGateway gateway, String subject) {
    return gateway.send(
        gateway
            .request("GET", "/orders")
            .header("Authorization", "Bearer " + SigningKeys.TRUSTED.token(subject, "customer")));
  }

  private static HttpResponse<String> untilRefused(RunningGateway gateway) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> ordersOf(gateway, "alice"), response -> response.statusCode() != 200);
  }

  @Test
  void a_caller_that_asks_too_often_is_told_when_to_come_back_and_others_are_not_affected() {
    try (var gateway = gateway()) {
      var refused = untilRefused(gateway);

      assertProblem(refused, 429, "RATE_LIMITED");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 2L);
      assertThat(service.received()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(ordersOf(gateway, "bob").statusCode()).isEqualTo(200);
      assertThat(gateway.send(gateway.request("GET", "/products")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void two_gateways_draw_from_the_same_account() {
    try (var one = gateway();
        var two = gateway()) {
      ordersOf(one, "bob");
      ordersOf(two, "bob");
      var start = System.nanoTime();

      var passed =
          Stream.generate(() -> Stream.of(one, two))
              .flatMap(Function.identity())
              .limit(20)
              .filter(gateway -> ordersOf(gateway, "alice").statusCode() == 200)
              .count();

      var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + 1;
      assertThat(passed).isBetween(3L, 3 + seconds);
    }
  }

  @Test
  void without_redis_every_request_passes_and_with_it_the_limit_is_back() throws IOException {
    redis.stop();
    try (var gateway = gateway()) {
      for (var request = 0; request < 10; request++) {
        assertThat(ordersOf(gateway, "alice").statusCode()).isEqualTo(200);
      }

      redis.start();
      assertProblem(untilRefused(gateway), 429, "RATE_LIMITED");

      redis.stop();
      for (var request = 0; request < 10; request++) {
        assertThat(ordersOf(gateway, "alice").statusCode()).isEqualTo(200);
      }

      redis.start();
      assertProblem(untilRefused(gateway), 429, "RATE_LIMITED");
    }
  }
}
