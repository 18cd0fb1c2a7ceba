package dev.orderflow.gateway.session;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.orderflow.gateway.seal.Purpose;
import dev.orderflow.gateway.seal.Seal;
import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.FakeIssuer;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.platform.testing.SigningKeys;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExternalIssuerIT {
  private static final FakeService SERVICE = new FakeService("service");
  private static final FakeIssuer ISSUER = new FakeIssuer();
  private static RunningGateway gateway;

  private Browser browser;

  @BeforeAll
  static void start() {
    gateway = startGateway();
  }

  private static RunningGateway startGateway() {
    var settings = new HashMap<>(ISSUER.settings());
    settings.put("orderflow.instances.command-side", SERVICE.url());
    settings.put("orderflow.instances.query-side", SERVICE.url());
    return RunningGateway.start(settings);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    ISSUER.close();
    SERVICE.close();
  }

  @BeforeEach
  void open() {
    SERVICE.reset();
    ISSUER.tokenLifetime(Duration.ofHours(1));
    ISSUER.audience("orderflow");
    ISSUER.refreshTokenSize(1);
    browser = new Browser(gateway);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  /** The last redirect. */
  private String signIn() {
    var back = Browser.location(browser.get(Browser.location(browser.get("/sign-in?returnTo=/a"))));
    return Browser.location(browser.get(back));
  }

  private boolean isSignedIn() {
    return RunningGateway.json(browser.get("/session")).path("signedIn").asBoolean();
  }

  @Test
  void browsers_are_signed_in_there() {
    assertThat(signIn()).endsWith("/a");

    assertThat(isSignedIn()).isTrue();
    assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
    assertThat(SERVICE.last().header("Authorization")).startsWith("Bearer ey");
  }

  @Test
  void who_signs_out_is_sent_to_where_the_issuer_ends_its_own_session() {
    signIn();
    browser.get("/session");

    var out = browser.write("POST", "/sign-out");

    assertThat(RunningGateway.json(out).path("continueAt").asString())
        .isEqualTo(
            ISSUER.url()
                + "/end?client_id=shop-browser&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A"
                + gateway.port()
                + "%2F");
    assertThat(isSignedIn()).isFalse();
  }

  @Test
  void while_the_issuer_is_away_who_has_no_token_is_served_and_when_it_is_back_everybody_is() {
    var token = ISSUER.token("alice", "customer", Duration.ofHours(1));
    ISSUER.die();
    try (var late = startGateway();
        var early = new Browser(late)) {
      var refused = early.get("/sign-in");
      assertProblem(refused, 503, "UNAVAILABLE");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      var page = early.request("/sign-in").header("Accept", "text/html,*/*;q=0.8");
      assertThat(Browser.location(early.send(page))).endsWith("/?signIn=unavailable");
      assertThat(late.send(late.request("GET", "/products")).statusCode()).isEqualTo(200);
      assertProblem(late.send(late.request("GET", "/orders")), 401, "UNAUTHENTICATED");
      var orders = orders(late, token);
      assertProblem(orders, 503, "UNAVAILABLE");
      assertThat(orders.headers().firstValue("Retry-After")).hasValue("1");

      ISSUER.restart();

      assertThat(Browser.location(early.get("/sign-in"))).startsWith(ISSUER.url());
      assertThat(orders(late, token).statusCode()).isEqualTo(200);
      assertProblem(
          late.send(late.requestAs("customer", "GET", "/orders")), 401, "UNAUTHENTICATED");
    }
  }

  @Test
  void a_sign_in_that_ends_while_the_issuer_is_away_may_be_tried_again() {
    ISSUER.die();
    try (var late = startGateway();
        var early = new Browser(late)) {
      var began = new JWTClaimsSet.Builder().expirationTime(inAMinute()).build();
      early.steal("orderflow-sign-in", late.bean(Seal.class).seal(Purpose.SIGN_IN, began));

      var last = early.get("/sign-in/callback?code=some&state=some");

      assertThat(Browser.location(last)).endsWith("/?signIn=unavailable");
    } finally {
      ISSUER.restart();
    }
  }

  @Test
  void a_sign_in_whose_code_cannot_be_redeemed_as_the_issuer_is_away_may_be_tried_again() {
    var back = Browser.location(browser.get(Browser.location(browser.get("/sign-in"))));
    ISSUER.die();
    try {
      assertThat(Browser.location(browser.get(back))).endsWith("/?signIn=unavailable");
    } finally {
      ISSUER.restart();
    }

    assertThat(signIn()).endsWith("/a");
  }

  private static Date inAMinute() {
    return Date.from(Instant.now().plusSeconds(60));
  }

  @Test
  void tokens_are_renewed_where_each_refresh_token_counts_once() {
    ISSUER.tokenLifetime(Duration.ofSeconds(3));
    signIn();
    browser.get("/orders");
    var first = SERVICE.last().header("Authorization");

    for (var renewal = 0; renewal < 2; renewal++) {
      var before = browser.cookie("orderflow-session");
      await()
          .untilAsserted(() -> {
            assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
            assertThat(browser.cookie("orderflow-session")).isNotEqualTo(before);
          });
    }
    assertThat(SERVICE.last().header("Authorization")).isNotEqualTo(first);
  }

  @Test
  void when_the_issuer_renews_no_longer_the_session_is_over() {
    ISSUER.tokenLifetime(Duration.ofSeconds(2));
    signIn();
    ISSUER.revoke();

    await().untilAsserted(() -> assertThat(isSignedIn()).isFalse());
    assertThat(browser.cookie("orderflow-session")).isEmpty();
  }

  @Test
  void when_the_issuer_is_away_for_longer_than_a_token_lasts_nobody_is_signed_out() {
    ISSUER.tokenLifetime(Duration.ofSeconds(2));
    signIn();
    ISSUER.die();

    await().untilAsserted(() -> assertProblem(browser.get("/orders"), 503, "UNAVAILABLE"));
    assertProblem(browser.get("/session"), 503, "UNAVAILABLE");
    assertThat(browser.get("/products").statusCode()).isEqualTo(200);
    assertThat(SERVICE.last().header("Authorization")).isNull();

    ISSUER.restart();
    assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void who_signs_out_while_the_issuer_is_away_is_out_for_good() {
    ISSUER.tokenLifetime(Duration.ofSeconds(2));
    signIn();
    browser.get("/session");
    var copy = browser.cookie("orderflow-session");
    ISSUER.die();
    await().untilAsserted(() -> assertProblem(browser.get("/orders"), 503, "UNAVAILABLE"));

    var out = browser.write("POST", "/sign-out");

    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(browser.cookie("orderflow-session")).isEmpty();
    ISSUER.restart();
    try (var thief = new Browser(gateway)) {
      thief.steal("orderflow-session", copy);
      assertProblem(thief.get("/orders"), 401, "UNAUTHENTICATED");
    }
  }

  @Test
  void when_a_browser_would_not_keep_the_renewed_tokens_the_session_is_over() {
    ISSUER.tokenLifetime(Duration.ofSeconds(3));
    signIn();
    ISSUER.refreshTokenSize(200);

    await()
        .until(() -> {
          assertThat(browser.get("/products").statusCode()).isEqualTo(200);
          return browser.cookie("orderflow-session").isEmpty();
        });
    assertProblem(browser.get("/orders"), 401, "UNAUTHENTICATED");
  }

  @Test
  void an_issuer_whose_tokens_are_for_others_signs_nobody_in() {
    ISSUER.audience("others");

    assertThat(signIn()).endsWith("/?signIn=failed");
    assertThat(isSignedIn()).isFalse();
  }

  @Test
  void an_issuer_whose_tokens_a_browser_would_not_keep_signs_nobody_in() {
    ISSUER.refreshTokenSize(200);

    assertThat(signIn()).endsWith("/?signIn=failed");
    assertThat(isSignedIn()).isFalse();
  }

  @Test
  void a_key_that_the_issuer_has_made_since_is_learned() {
    assertThat(ordersWith(ISSUER.token("alice", "customer", Duration.ofHours(1)))).isEqualTo(200);

    ISSUER.rotateKeys();

    assertThat(ordersWith(ISSUER.token("alice", "customer", Duration.ofHours(1)))).isEqualTo(200);
    assertThat(signIn()).endsWith("/a");
  }

  @Test
  void who_makes_up_keys_does_not_make_the_gateway_ask_for_them_each_time() {
    assertThat(ordersWith(ISSUER.token("alice", "customer", Duration.ofHours(1)))).isEqualTo(200);
    var forged =
        SigningKeys.generate().token(ISSUER.url(), "mallory", "staff", Duration.ofHours(1));
    var before = ISSUER.questionsForKeys();

    for (var forgery = 0; forgery < 50; forgery++) {
      assertThat(ordersWith(forged)).isIn(401, 503);
    }

    assertThat(ISSUER.questionsForKeys() - before).isLessThan(25);
    assertThat(ordersWith(ISSUER.token("bob", "customer", Duration.ofHours(1)))).isEqualTo(200);
  }

  private static int ordersWith(String token) {
    return orders(gateway, token).statusCode();
  }

  private static HttpResponse<String> orders(RunningGateway gateway, String token) {
    return gateway.send(
        gateway.request("GET", "/orders").header("Authorization", "Bearer " + token));
  }
}
