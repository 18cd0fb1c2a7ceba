package dev.orderflow.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SessionIT {
  private static final FakeService SERVICE = new FakeService("service");
  private static RunningGateway gateway;

  private Browser browser;

  @BeforeAll
  static void start() {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin,host");
    gateway =
        RunningGateway.start(
            Map.of(
                "orderflow.instances.command-side", SERVICE.url(),
                "orderflow.instances.query-side", SERVICE.url(),
                "orderflow.instances.saga", SERVICE.url()));
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

  private JsonNode session(Browser of) {
    var answer = of.get("/session");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    return RunningGateway.json(answer);
  }

  @Test
  void who_has_not_signed_in_is_told_so_and_gets_what_writes_need() {
    assertThat(session(browser).toString()).isEqualTo("{\"signedIn\":false}");
    assertThat(browser.cookie("XSRF-TOKEN")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"alice, customer, 43200", "admin, staff, 1800"})
  void who_has_signed_in_is_known_for_a_while(String name, String scope, long seconds) {
    var last = browser.signIn(name, "/sign-in?returnTo=/orders?status=PENDING");

    assertThat(Browser.location(last)).endsWith("/orders?status=PENDING");
    var session = session(browser);
    assertThat(session.path("signedIn").asBoolean()).isTrue();
    assertThat(session.path("userId").asString()).isEqualTo(name);
    assertThat(session.path("scopes").toString()).isEqualTo("[\"" + scope + "\"]");
    assertThat(Instant.parse(session.path("expiresAt").asString()))
        .isCloseTo(Instant.now().plusSeconds(seconds), within(30, ChronoUnit.SECONDS));
  }

  @Test
  void services_get_the_token_and_never_the_cookie() {
    browser.signIn("alice");

    assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
    assertThat(SERVICE.last().header("Authorization")).startsWith("Bearer ey");
    assertThat(SERVICE.last().header("Cookie")).isNull();
  }

  @Test
  void no_script_can_read_the_session_and_no_token_is_in_an_answer() {
    var last = browser.signIn("alice");

    var cookie =
        last.headers().allValues("Set-Cookie").stream()
            .filter(set -> set.startsWith("orderflow-session="))
            .findFirst()
            .orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Domain");
    assertThat(session(browser).toString()).doesNotContain("ey");
    assertThat(last.headers().map().keySet()).doesNotContain("JSESSIONID");
  }
}
