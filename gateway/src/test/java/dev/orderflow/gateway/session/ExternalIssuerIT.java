package dev.orderflow.gateway.session;

import static dev.orderflow.gateway.testing.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.FakeIssuer;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.Keys;
import dev.orderflow.gateway.testing.RunningGateway;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExternalIssuerIT {
  private final FakeService service = new FakeService("service");
  private final FakeIssuer issuer = new FakeIssuer();
  private RunningGateway gateway;
  private Browser browser;

  @BeforeEach
  void start() {
    var settings = new HashMap<>(issuer.settings());
    settings.put("orderflow.instances.command-side", service.url());
    settings.put("orderflow.instances.query-side", service.url());
    gateway = RunningGateway.start(settings);
    browser = new Browser(gateway);
  }

  @AfterEach
  void stop() {
    browser.close();
    gateway.close();
    issuer.close();
    service.close();
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
    assertThat(service.last().header("Authorization")).startsWith("Bearer ey");
  }

  @Test
  void who_signs_out_is_sent_to_where_the_issuer_ends_its_own_session() {
    signIn();
    browser.get("/session");

    var out = browser.write("POST", "/sign-out");

    assertThat(RunningGateway.json(out).path("continueAt").asString())
        .isEqualTo(
            issuer.url()
                + "/end?client_id=shop-browser&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A"
                + gateway.port()
                + "%2F");
    assertThat(isSignedIn()).isFalse();
  }

  @Test
  void while_the_issuer_is_away_nobody_signs_in_and_when_it_is_back_everybody() {
    issuer.die();
    var refused = browser.get("/sign-in");
    assertProblem(refused, 503, "UNAVAILABLE");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();

    issuer.restart();

    assertThat(signIn()).endsWith("/a");
  }

  @Test
  void tokens_are_renewed_where_each_refresh_token_counts_once() {
    issuer.tokenLifetime(Duration.ofSeconds(3));
    signIn();
    browser.get("/orders");
    var first = service.last().header("Authorization");

    for (var renewal = 0; renewal < 2; renewal++) {
      var before = browser.cookie("orderflow-session");
      await()
          .untilAsserted(() -> {
            assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
            assertThat(browser.cookie("orderflow-session")).isNotEqualTo(before);
          });
    }
    assertThat(service.last().header("Authorization")).isNotEqualTo(first);
  }

  @Test
  void when_the_issuer_renews_no_longer_the_session_is_over() {
    issuer.tokenLifetime(Duration.ofSeconds(2));
    signIn();
    issuer.revoke();

    await().untilAsserted(() -> assertThat(isSignedIn()).isFalse());
    assertThat(browser.cookie("orderflow-session")).isEmpty();
  }

  @Test
  void when_the_issuer_is_away_for_longer_than_a_token_lasts_nobody_is_signed_out() {
    issuer.tokenLifetime(Duration.ofSeconds(2));
    signIn();
    issuer.die();

    await().untilAsserted(() -> assertProblem(browser.get("/orders"), 503, "UNAVAILABLE"));
    assertProblem(browser.get("/session"), 503, "UNAVAILABLE");
    assertThat(browser.get("/products").statusCode()).isEqualTo(200);
    assertThat(service.last().header("Authorization")).isNull();

    issuer.restart();
    assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void an_issuer_whose_tokens_are_for_others_signs_nobody_in() {
    issuer.audience("others");

    assertThat(signIn()).endsWith("/?signIn=failed");
    assertThat(isSignedIn()).isFalse();
  }

  @Test
  void a_key_that_the_issuer_has_made_since_is_learned() {
    assertThat(ordersWith(issuer.token("alice", "customer", Duration.ofHours(1)))).isEqualTo(200);

    issuer.rotateKeys();

    assertThat(ordersWith(issuer.token("alice", "customer", Duration.ofHours(1)))).isEqualTo(200);
    assertThat(signIn()).endsWith("/a");
  }

  @Test
  void who_makes_up_keys_does_not_make_the_gateway_ask_for_them_each_time() {
    assertThat(ordersWith(issuer.token("alice", "customer", Duration.ofHours(1)))).isEqualTo(200);
    var before = issuer.questionsForKeys();

    for (var forgery = 0; forgery < 20; forgery++) {
      assertThat(ordersWith(Keys.generate().token(issuer.url(), "a", "staff", Duration.ofHours(1))))
          .isIn(401, 503);
    }

    assertThat(issuer.questionsForKeys() - before).isLessThan(10);
    assertThat(ordersWith(issuer.token("bob", "customer", Duration.ofHours(1)))).isEqualTo(200);
  }

  private int ordersWith(String token) {
    return gateway
        .send(gateway.request("GET", "/orders").header("Authorization", "Bearer " + token))
        .statusCode();
  }
}
