package dev.orderflow.gateway.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.RunningRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose word counts on where a caller without a token is; the tests call from the loopback. */
class TrustedProxiesIT {
  private static final FakeService SERVICE = new FakeService("service");
  private static RunningRedis redis;

  /** Settings without a value are left out. */
  private static final String UNSET = "";

  private final AtomicInteger addresses = new AtomicInteger();

  @BeforeAll
  static void start() throws IOException {
    redis = new RunningRedis();
    redis.start();
  }

  @AfterAll
  static void stop() throws IOException {
    redis.close();
    SERVICE.close();
  }

  private static RunningGateway gatewayThatTrusts(String proxies) {
    var settings =
        new HashMap<>(
            Map.of(
                "orderflow.instances.query-side", SERVICE.url(),
                "orderflow.gateway.rate-limit.requests-per-second", "1",
                "orderflow.gateway.rate-limit.burst", "3",
                "orderflow.gateway.rate-limit.patience", "2s",
                "spring.data.redis.url", redis.url()));
    settings.put("orderflow.gateway.trusted-proxies", proxies);
    // What Spring Boot takes for granted there must not count.
    settings.put("spring.main.cloud-platform", "kubernetes");
    return RunningGateway.start(settings);
  }

  private static boolean passes(RunningGateway gateway, String forwardedFor) {
    return gateway
            .send(gateway.request("GET", "/products").header("X-Forwarded-For", forwardedFor))
            .statusCode()
        == 200;
  }

  private static void awaitRefusal(RunningGateway gateway, Supplier<String> forwardedFor) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !passes(gateway, forwardedFor.get()));
  }

  private String anotherAddress() {
    return "203.0.113." + addresses.incrementAndGet();
  }

  @Test
  void nobody_is_trusted_unless_named_so_another_address_is_no_other_account() {
    try (var gateway = gatewayThatTrusts(UNSET)) {
      awaitRefusal(gateway, this::anotherAddress);
    }
  }

  @Test
  void what_comes_from_elsewhere_than_the_trusted_proxies_is_not_believed() {
    try (var gateway = gatewayThatTrusts("10.0.0.0/8,192.168.0.0/16")) {
      awaitRefusal(gateway, this::anotherAddress);
    }
  }

  @Test
  void behind_a_trusted_proxy_each_address_has_an_account_of_its_own() {
    try (var gateway = gatewayThatTrusts("127.0.0.1")) {
      awaitRefusal(gateway, () -> "198.51.100.1");

      assertThat(passes(gateway, "198.51.100.2")).isTrue();
    }
  }

  @Test
  void in_a_trusted_network_only_the_address_that_the_proxy_itself_put_there_counts() {
    try (var gateway = gatewayThatTrusts("10.0.0.0/8,127.0.0.0/8")) {
      awaitRefusal(gateway, () -> anotherAddress() + ", 198.51.100.3");

      assertThat(passes(gateway, "198.51.100.4")).isTrue();
    }
  }
}
