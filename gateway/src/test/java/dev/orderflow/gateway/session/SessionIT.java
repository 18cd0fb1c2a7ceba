package dev.orderflow.gateway.session;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static dev.orderflow.gateway.testing.SharedServices.COMMAND_SIDE;
import static dev.orderflow.gateway.testing.SharedServices.QUERY_SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.orderflow.gateway.seal.Purpose;
import dev.orderflow.gateway.seal.Seal;
import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.SharedServices;
import dev.orderflow.platform.testing.SigningKeys;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SessionIT {
  private static final RunningGateway GATEWAY = SharedServices.gateway();

  private Browser browser;

  @BeforeEach
  void open() {
    browser = new Browser(GATEWAY);
    SharedServices.reset();
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
    assertThat(QUERY_SIDE.last().header("Authorization")).startsWith("Bearer ey");
    assertThat(QUERY_SIDE.last().header("Cookie")).isNull();
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

  @Test
  void a_write_needs_what_only_our_pages_can_read() {
    browser.signIn("alice");
    session(browser);
    var withoutHeader = browser.request("/orders").POST(BodyPublishers.ofString("{}"));
    var withAnother =
        browser
            .request("/orders")
            .header("X-XSRF-TOKEN", "guessed")
            .POST(BodyPublishers.ofString("{}"));

    assertProblem(browser.send(withoutHeader), 403, "FORBIDDEN");
    assertProblem(browser.send(withAnother), 403, "FORBIDDEN");
    assertThat(SharedServices.received()).isEmpty();

    assertThat(browser.write("POST", "/orders").statusCode()).isEqualTo(200);
    assertThat(COMMAND_SIDE.last().method()).isEqualTo("POST");
    assertThat(COMMAND_SIDE.last().body()).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://elsewhere.example",
    "Origin, null",
    "Origin, http://127.0.0.1:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void a_page_of_another_origin_writes_nothing_whatever_it_knows(String header, String value) {
    browser.signIn("alice");
    session(browser);

    assertProblem(browser.write("POST", "/orders", header, value), 403, "FORBIDDEN");
    assertProblem(browser.write("POST", "/sign-out", header, value), 403, "FORBIDDEN");
    assertThat(SharedServices.received()).isEmpty();
    assertThat(session(browser).path("signedIn").asBoolean()).isTrue();
  }

  @Test
  void our_own_page_writes() {
    browser.signIn("alice");
    session(browser);
    var own = "http://127.0.0.1:" + GATEWAY.port();

    assertThat(
            browser
                .write("POST", "/orders", "Origin", own, "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_session_that_was_signed_out_is_over_for_every_copy_of_its_cookie() {
    browser.signIn("alice");
    session(browser);
    var copy = browser.cookie("orderflow-session");
    try (var thief = new Browser(GATEWAY)) {
      thief.steal("orderflow-session", copy);
      assertThat(session(thief).path("signedIn").asBoolean()).isTrue();

      var out = browser.write("POST", "/sign-out");

      assertThat(out.statusCode()).isEqualTo(200);
      assertThat(RunningGateway.json(out).path("continueAt").asString()).isEqualTo("/");
      assertThat(browser.cookie("orderflow-session")).isEmpty();
      assertThat(session(thief).path("signedIn").asBoolean()).isFalse();
      thief.steal("orderflow-session", copy);
      assertProblem(thief.get("/orders"), 401, "UNAUTHENTICATED");
      assertThat(SharedServices.received()).isEmpty();
    }
  }

  @Test
  void who_signs_in_again_ends_the_session_before() {
    browser.signIn("alice");
    var before = browser.cookie("orderflow-session");

    browser.signIn("admin");

    try (var thief = new Browser(GATEWAY)) {
      thief.steal("orderflow-session", before);
      assertThat(session(thief).path("signedIn").asBoolean()).isFalse();
    }
    assertThat(session(browser).path("userId").asString()).isEqualTo("admin");
  }

  @Test
  void who_is_not_signed_in_can_sign_out() {
    var out = browser.send(browser.request("/sign-out").POST(BodyPublishers.noBody()));

    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(RunningGateway.json(out).path("continueAt").asString()).isEqualTo("/");
  }

  @Test
  void a_cookie_that_was_changed_is_worth_nothing_and_is_removed() {
    browser.signIn("alice");
    var parts = browser.cookie("orderflow-session").split("\\.", -1);
    for (var part = 0; part < parts.length; part++) {
      var changed = parts.clone();
      changed[part] = changed[part].isEmpty() ? "AAAA" : changed(changed[part]);
      assertWorthNothing(String.join(".", changed));
    }
    assertWorthNothing("nonsense");
    assertWorthNothing("eyJhbGciOiJub25lIn0.e30.");
  }

  private static String changed(String part) {
    return (part.charAt(0) == 'A' ? 'B' : 'A') + part.substring(1);
  }

  private void assertWorthNothing(String cookie) {
    try (var forger = new Browser(GATEWAY)) {
      forger.steal("orderflow-session", cookie);
      assertProblem(forger.get("/orders"), 401, "UNAUTHENTICATED");
      assertThat(forger.cookie("orderflow-session")).isEmpty();
      forger.steal("orderflow-session", cookie);
      assertThat(forger.get("/products").statusCode()).isEqualTo(200);
      assertThat(QUERY_SIDE.last().header("Authorization")).isNull();
    }
  }

  @Test
  void what_was_sealed_for_another_purpose_is_no_session() {
    browser.get("/sign-in");

    assertWorthNothing(browser.cookie("orderflow-sign-in"));
  }

  @Test
  void what_another_version_has_sealed_is_no_session() {
    var seal = GATEWAY.bean(Seal.class);
    var claims =
        new JWTClaimsSet.Builder().expirationTime(Date.from(Instant.now().plusSeconds(60)));
    var less = seal.seal(Purpose.SESSION, claims.build());
    var other = seal.seal(Purpose.SESSION, claims.claim("at", List.of("token")).build());

    assertWorthNothing(less);
    assertWorthNothing(other);
    browser.get("/session");
    browser.steal("orderflow-session", other);
    assertThat(browser.write("POST", "/sign-out").statusCode()).isEqualTo(200);
    assertThat(browser.cookie("orderflow-session")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"refresh_token, refresh_token, REFRESH_TOKEN", "authorization_code, code, CODE"})
  void what_another_version_has_sealed_brings_no_tokens(
      String grantType, String parameter, Purpose purpose) {
    var claims =
        new JWTClaimsSet.Builder().expirationTime(Date.from(Instant.now().plusSeconds(60)));

    assertBringsNothing(grantType, parameter, purpose, claims.build());
    assertBringsNothing(
        grantType, parameter, purpose, claims.claim("client_id", List.of("browser")).build());
  }

  private void assertBringsNothing(
      String grantType, String parameter, Purpose purpose, JWTClaimsSet claims) {
    var client = GATEWAY.bean(BrowserClient.class);
    var proof = (client.id() + ":" + client.secret()).getBytes(StandardCharsets.US_ASCII);
    var sealed = GATEWAY.bean(Seal.class).seal(purpose, claims);
    var answer =
        browser.send(
            browser
                .request("/oauth2/token")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(proof))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "grant_type=" + grantType + "&" + parameter + "=" + sealed)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(RunningGateway.json(answer).path("error").asString()).isEqualTo("invalid_grant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/",
        "//elsewhere.example",
        "%2F%2Felsewhere.example",
        "/%5Celsewhere.example",
        "%5C%5Celsewhere.example",
        "/%09/elsewhere.example",
        "%20//elsewhere.example",
        "javascript:alert(1)",
        "elsewhere.example",
        "/a%5C..%5C%5Celsewhere.example",
        "/%0D%0ALocation:%20https://elsewhere.example",
        ""
      })
  void a_link_to_the_sign_in_leads_nowhere_else(String returnTo) {
    var last = browser.signIn("alice", "/sign-in?returnTo=" + returnTo);

    assertThat(Browser.location(last)).isEqualTo("http://127.0.0.1:" + GATEWAY.port() + "/");
    assertThat(session(browser).path("signedIn").asBoolean()).isTrue();
  }

  @Test
  void a_page_that_has_read_may_write() {
    browser.signIn("alice");
    session(browser);
    var writes = browser.cookie("XSRF-TOKEN");

    browser.get("/orders");
    browser.get("/");

    assertThat(browser.cookie("XSRF-TOKEN")).isEqualTo(writes).isNotEmpty();
    assertThat(browser.write("POST", "/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void a_tab_of_one_user_does_not_act_as_another_one() {
    browser.signIn("alice");
    session(browser);

    assertProblem(browser.write("POST", "/orders", "Orderflow-User", "bob"), 403, "FORBIDDEN");
    assertThat(SharedServices.received()).isEmpty();
    assertThat(browser.write("POST", "/orders", "Orderflow-User", "alice").statusCode())
        .isEqualTo(200);

    var asked = browser.send(browser.request("/session").header("Orderflow-User", "bob"));
    assertThat(RunningGateway.json(asked).path("userId").asString()).isEqualTo("alice");
  }

  @Test
  void a_request_with_a_token_of_its_own_is_judged_by_that_alone() {
    browser.signIn("alice");
    session(browser);
    var staff = "Bearer " + SigningKeys.TRUSTED.token("admin", "staff");

    var created =
        browser.send(
            browser
                .request("/products")
                .header("Authorization", staff)
                .POST(BodyPublishers.ofString("{}")));
    var refused = browser.send(browser.request("/orders").header("Authorization", "Bearer no"));

    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(COMMAND_SIDE.last().header("Authorization")).isEqualTo(staff);
    assertProblem(refused, 401, "UNAUTHENTICATED");
    assertThat(session(browser).path("userId").asString()).isEqualTo("alice");
  }

  @Test
  void a_customer_is_no_staff_with_a_session_either() {
    browser.signIn("alice");
    session(browser);

    assertProblem(browser.write("POST", "/products"), 403, "FORBIDDEN");
    assertThat(SharedServices.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/shop/index.html", "/session", "/sign-in/page.css", "/nowhere"})
  void no_other_site_shows_our_pages_and_no_script_of_others_runs_in_them(String path) {
    var headers = browser.get(path).headers();

    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'self'; script-src 'self'")
        .contains("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
        .contains("form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
  }

  @Test
  void an_order_is_watched_with_a_session() throws IOException {
    browser.signIn("alice");
    QUERY_SIDE.answering(exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("data: first\n\n".getBytes(StandardCharsets.US_ASCII));
      exchange.getResponseBody().flush();
    });

    var stream = browser.open(browser.request("/orders/ORD-1/events"));

    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(new String(stream.body().readNBytes(11), StandardCharsets.US_ASCII))
        .isEqualTo("data: first");
    assertThat(QUERY_SIDE.last().header("Authorization")).startsWith("Bearer ey");
    stream.body().close();
  }

  @Test
  void a_sign_in_ends_only_where_and_as_it_began() {
    var page = browser.toSignIn("/sign-in?returnTo=/");
    var back = Browser.location(browser.submit(page, "alice", "alice"));
    try (var other = new Browser(GATEWAY)) {
      assertFailed(other, back);
      other.get("/sign-in");
      assertFailed(other, back);
    }
    assertFailed(browser, back.replaceFirst("state=[^&]+", "state=other"));
    assertThat(session(browser).path("signedIn").asBoolean()).isFalse();
  }

  @Test
  void many_sign_in_at_the_same_time() {
    var browsers = Stream.generate(() -> new Browser(GATEWAY)).limit(12).toList();
    var callbacks =
        browsers.stream()
            .map(one -> Browser.location(one.submit(one.toSignIn("/sign-in"), "alice", "alice")))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ends =
          IntStream.range(0, browsers.size())
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> Browser.location(browsers.get(i).get(callbacks.get(i))), threads))
              .toList();

      assertThat(ends.stream().map(CompletableFuture::join))
          .allSatisfy(end -> assertThat(end).doesNotContain("signIn="));
    }
    browsers.forEach(Browser::close);
  }

  @Test
  void a_code_is_redeemed_once() {
    var page = browser.toSignIn("/sign-in?returnTo=/");
    var started = browser.cookie("orderflow-sign-in");
    var back = Browser.location(browser.submit(page, "alice", "alice"));
    browser.get(back);
    assertThat(session(browser).path("signedIn").asBoolean()).isTrue();

    try (var thief = new Browser(GATEWAY)) {
      thief.steal("orderflow-sign-in", started);
      assertFailed(thief, back);
    }
  }

  private void assertFailed(Browser of, String callback) {
    assertThat(Browser.location(of.get(callback))).endsWith("/?signIn=failed");
    assertThat(of.cookie("orderflow-session")).isEmpty();
  }
}
