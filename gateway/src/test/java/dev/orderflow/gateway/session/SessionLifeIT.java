package dev.orderflow.gateway.session;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and sessions that live for a few seconds. */
class SessionLifeIT {
  private static final FakeService SERVICE = new FakeService("service");
  private static RunningGateway gateway;

  private Browser browser;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.instances.command-side",
                SERVICE.url(),
                "orderflow.instances.query-side",
                SERVICE.url(),
                "orderflow.gateway.issuer.browser-token-lifetime",
                "5s",
                // Enough for a sign-in and one look on a busy machine.
                "orderflow.gateway.session.staff-lifetime",
                "5s"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    SERVICE.close();
  }

  @BeforeEach
  void open() {
    browser = new Browser(gateway);
    SERVICE.reset();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void a_session_has_an_end() {
    browser.signIn("admin");
    var cookie = browser.cookie("orderflow-session");
    assertThat(browser.get("/admin/projections").statusCode()).isEqualTo(200);

    try (var late = new Browser(gateway)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            late.steal("orderflow-session", cookie);
            assertThat(RunningGateway.json(late.get("/session")).toString())
                .isEqualTo("{\"signedIn\":false}");
          });
      late.steal("orderflow-session", cookie);
      assertProblem(late.get("/admin/projections"), 401, "UNAUTHENTICATED");
      late.steal("orderflow-session", cookie);
      assertThat(late.get("/products").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_token_is_renewed_while_the_session_lasts_and_the_session_stays_the_same() {
    browser.signIn("alice");
    var before = RunningGateway.json(browser.get("/session"));
    browser.get("/orders");
    var first = SERVICE.last().header("Authorization");

    await()
        .untilAsserted(() -> {
          assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
          assertThat(SERVICE.last().header("Authorization")).isNotEqualTo(first);
        });
    assertThat(RunningGateway.json(browser.get("/session"))).isEqualTo(before);
  }

  @Test
  void requests_at_the_same_time_with_one_old_cookie_all_pass() {
    browser.signIn("alice");
    var cookie = browser.cookie("orderflow-session");
    await()
        .untilAsserted(() -> {
          browser.get("/session");
          assertThat(browser.cookie("orderflow-session")).isNotEqualTo(cookie);
        });

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> statusWith(cookie), threads))
              .limit(30)
              .toList();

      assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(200);
    }
    var tokens = new HashSet<String>();
    SERVICE.received().forEach(request -> tokens.add(request.header("Authorization")));
    assertThat(tokens).hasSizeBetween(1, 2);
  }

  private static int statusWith(String cookie) {
    try (var tab = new Browser(gateway)) {
      tab.steal("orderflow-session", cookie);
      return tab.get("/orders").statusCode();
    }
  }

  @Test
  void a_session_that_was_renewed_is_over_when_it_is_signed_out_as_is_each_copy() {
    browser.signIn("alice");
    var old = browser.cookie("orderflow-session");
    await()
        .untilAsserted(() -> {
          browser.get("/session");
          assertThat(browser.cookie("orderflow-session")).isNotEqualTo(old);
        });

    browser.write("POST", "/sign-out");

    try (var thief = new Browser(gateway)) {
      thief.steal("orderflow-session", old);
      assertProblem(thief.get("/orders"), 401, "UNAUTHENTICATED");
    }
  }
}
