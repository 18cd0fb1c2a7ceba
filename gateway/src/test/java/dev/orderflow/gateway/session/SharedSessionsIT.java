package dev.orderflow.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.FrontProxy;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.RunningRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways with the same keys, behind one address. */
class SharedSessionsIT {
  @TempDir private static Path directory;

  private static Path keys;
  private static RunningRedis redis;
  private static RunningGateway one;
  private static RunningGateway two;
  private static FrontProxy front;

  private Browser browser;

  @BeforeAll
  static void start() throws IOException {
    keys = Files.writeString(directory.resolve("session-keys"), newKey());
    redis = new RunningRedis();
    redis.start();
    one = startGateway(redis);
    two = startGateway(redis);
    front = new FrontProxy(one);
  }

  private static String newKey() {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static RunningGateway startGateway(RunningRedis redis) {
    return RunningGateway.start(
        Map.of(
            "orderflow.gateway.session.keys",
            keys.toUri().toString(),
            "orderflow.gateway.session.patience",
            "2s",
            "spring.data.redis.url",
            redis.url()));
  }

  @AfterAll
  static void stop() throws IOException {
    front.close();
    one.close();
    two.close();
    redis.close();
  }

  @BeforeEach
  void open() {
    front.leadTo(one);
    browser = new Browser(front.origin());
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private static boolean isSignedIn(RunningGateway gateway, String cookie) {
    try (var tab = new Browser(gateway)) {
      tab.steal("orderflow-session", cookie);
      return RunningGateway.json(tab.get("/session")).path("signedIn").asBoolean();
    }
  }

  @Test
  void a_sign_in_may_go_on_at_another_gateway_at_each_step() {
    var began = browser.get("/sign-in?returnTo=/orders");
    leadTo(two);
    var page = browser.get(Browser.location(began));
    leadTo(one);
    var submitted = browser.submit(page, "alice", "alice");
    leadTo(two);
    var last = browser.get(Browser.location(submitted));

    assertThat(Browser.location(last)).isEqualTo(front.origin() + "/orders");
    assertThat(isSignedIn(one, browser.cookie("orderflow-session"))).isTrue();
    assertThat(isSignedIn(two, browser.cookie("orderflow-session"))).isTrue();
  }

  private void leadTo(RunningGateway gateway) {
    front.leadTo(gateway);
    browser.connectAnew();
  }

  @Test
  void a_code_that_one_gateway_has_redeemed_is_none_for_the_other() {
    var page = browser.toSignIn("/sign-in");
    var began = browser.cookie("orderflow-sign-in");
    var back = Browser.location(browser.submit(page, "alice", "alice"));
    browser.get(back);
    front.leadTo(two);

    try (var thief = new Browser(front.origin())) {
      thief.steal("orderflow-sign-in", began);
      assertThat(Browser.location(thief.get(back))).endsWith("/?signIn=failed");
    }
  }

  @Test
  void who_signs_out_at_one_gateway_is_out_at_the_other_at_once() {
    browser.signIn("alice");
    browser.get("/session");
    var copy = browser.cookie("orderflow-session");
    assertThat(isSignedIn(two, copy)).isTrue();

    assertThat(browser.write("POST", "/sign-out").statusCode()).isEqualTo(200);

    assertThat(isSignedIn(two, copy)).isFalse();
    assertThat(isSignedIn(one, copy)).isFalse();
  }

  /** These gateways have never had a connection to Redis. */
  @Test
  void without_redis_people_sign_in_and_out_and_the_other_gateway_hears_of_it_later()
      throws IOException {
    try (var late = new RunningRedis();
        var first = startGateway(late);
        var second = startGateway(late);
        var tab = new Browser(first)) {
      tab.signIn("alice");
      tab.get("/session");
      var copy = tab.cookie("orderflow-session");
      assertThat(isSignedIn(second, copy)).isTrue();

      assertThat(tab.write("POST", "/sign-out").statusCode()).isEqualTo(200);
      assertThat(isSignedIn(first, copy)).isFalse();

      late.start();

      // The gateway connects when it has something to ask.
      await()
          .untilAsserted(() -> {
            assertThat(isSignedIn(first, "other")).isFalse();
            isSignedIn(first, signedIn(first, "admin"));
            assertThat(isSignedIn(second, copy)).isFalse();
          });
    }
  }

  @Test
  void what_redis_forgets_it_is_told_again() throws IOException {
    browser.signIn("alice");
    browser.get("/session");
    var copy = browser.cookie("orderflow-session");
    assertThat(browser.write("POST", "/sign-out").statusCode()).isEqualTo(200);
    assertThat(isSignedIn(two, copy)).isFalse();

    redis.stop();
    redis.start();

    await().untilAsserted(() -> assertThat(isSignedIn(two, copy)).isFalse());
  }

  private static String signedIn(RunningGateway gateway, String name) {
    try (var other = new Browser(gateway)) {
      other.signIn(name);
      return other.cookie("orderflow-session");
    }
  }

  @Test
  void when_the_key_is_changed_all_sessions_are_over_without_a_restart() throws IOException {
    browser.signIn("alice");
    var cookie = browser.cookie("orderflow-session");
    assertThat(isSignedIn(two, cookie)).isTrue();

    Files.writeString(keys, newKey());

    await()
        .untilAsserted(() -> {
          assertThat(isSignedIn(one, cookie)).isFalse();
          assertThat(isSignedIn(two, cookie)).isFalse();
        });
    browser.signIn("alice");
    assertThat(isSignedIn(two, browser.cookie("orderflow-session"))).isTrue();
  }

  @Test
  void when_a_key_is_put_on_top_sessions_of_the_one_below_go_on() throws IOException {
    browser.signIn("alice");
    var cookie = browser.cookie("orderflow-session");

    Files.writeString(keys, newKey() + "\n" + Files.readString(keys));

    await()
        .untilAsserted(() -> {
          assertThat(keyOf(signedIn(one, "admin"))).isNotEqualTo(keyOf(cookie));
          assertThat(keyOf(signedIn(two, "admin"))).isNotEqualTo(keyOf(cookie));
        });
    assertThat(isSignedIn(one, cookie)).isTrue();
    assertThat(isSignedIn(two, cookie)).isTrue();
  }

  private static String keyOf(String cookie) {
    return new String(Base64.getUrlDecoder().decode(cookie.split("\\.")[0]))
        .replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
  }
}
