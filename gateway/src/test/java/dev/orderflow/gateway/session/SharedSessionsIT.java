package dev.orderflow.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.FrontProxy;
import dev.orderflow.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Two gateways with the same keys, behind one address. */
class SharedSessionsIT {
  @TempDir private static Path directory;

  private final Map<String, String> settings = new HashMap<>();
  private int redisPort;
  private RedisServer redis;
  private RunningGateway one;
  private RunningGateway two;
  private FrontProxy front;
  private Browser browser;

  @BeforeEach
  void start() throws IOException {
    try (var free = new ServerSocket(0)) {
      redisPort = free.getLocalPort();
    }
    redis = startRedis();
    settings.put("orderflow.gateway.session.keys", sessionKeys(1).toUri().toString());
    settings.put("orderflow.gateway.session.patience", "2s");
    settings.put("spring.data.redis.host", "127.0.0.1");
    settings.put("spring.data.redis.port", Integer.toString(redisPort));
    one = RunningGateway.start(settings);
    two = RunningGateway.start(settings);
    front = new FrontProxy(one);
    browser = new Browser(front.origin());
  }

  /** The keys of these seeds, the first one on top. */
  private static Path sessionKeys(int... seeds) throws IOException {
    var text =
        IntStream.of(seeds).mapToObj(SharedSessionsIT::key).collect(Collectors.joining("\n"));
    return Files.writeString(directory.resolve("session-keys"), text);
  }

  private static String key(int seed) {
    var key = new byte[32];
    new Random(seed).nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private RedisServer startRedis() throws IOException {
    var server = RedisServer.newRedisServer().port(redisPort).setting("save \"\"").build();
    server.start();
    return server;
  }

  @AfterEach
  void stop() throws IOException {
    browser.close();
    front.close();
    one.close();
    two.close();
    redis.stop();
  }

  private boolean isSignedIn(RunningGateway gateway, String cookie) {
    try (var tab = new Browser(gateway)) {
      tab.steal("orderflow-session", cookie);
      return RunningGateway.json(tab.get("/session")).path("signedIn").asBoolean();
    }
  }

  @Test
  void a_sign_in_may_go_on_at_another_gateway_at_each_step() {
    var began = browser.get("/sign-in?returnTo=/orders");
    front.leadTo(two);
    var page = browser.get(Browser.location(began));
    front.leadTo(one);
    var submitted = browser.submit(page, "alice", "alice");
    front.leadTo(two);
    var last = browser.get(Browser.location(submitted));

    assertThat(Browser.location(last)).isEqualTo(front.origin() + "/orders");
    assertThat(isSignedIn(one, browser.cookie("orderflow-session"))).isTrue();
    assertThat(isSignedIn(two, browser.cookie("orderflow-session"))).isTrue();
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

  @Test
  void without_redis_people_sign_in_and_out_and_the_other_gateway_hears_of_it_later()
      throws IOException {
    redis.stop();
    browser.signIn("alice");
    browser.get("/session");
    var copy = browser.cookie("orderflow-session");
    assertThat(isSignedIn(two, copy)).isTrue();

    assertThat(browser.write("POST", "/sign-out").statusCode()).isEqualTo(200);
    assertThat(isSignedIn(one, copy)).isFalse();

    redis = startRedis();
    // The gateway connects when it has something to ask.
    await()
        .untilAsserted(() -> {
          assertThat(isSignedIn(one, "other")).isFalse();
          isSignedIn(one, signedIn("admin"));
          assertThat(isSignedIn(two, copy)).isFalse();
        });
  }

  @Test
  void what_redis_forgets_it_is_told_again() throws IOException {
    browser.signIn("alice");
    browser.get("/session");
    var copy = browser.cookie("orderflow-session");
    assertThat(browser.write("POST", "/sign-out").statusCode()).isEqualTo(200);
    assertThat(isSignedIn(two, copy)).isFalse();

    redis.stop();
    redis = startRedis();

    await().untilAsserted(() -> assertThat(isSignedIn(two, copy)).isFalse());
  }

  private String signedIn(String name) {
    try (var other = new Browser(one)) {
      other.signIn(name);
      return other.cookie("orderflow-session");
    }
  }

  @Test
  void when_the_key_is_changed_all_sessions_are_over_without_a_restart() throws IOException {
    browser.signIn("alice");
    var cookie = browser.cookie("orderflow-session");
    assertThat(isSignedIn(two, cookie)).isTrue();

    sessionKeys(2);

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

    sessionKeys(3, 1);

    await().untilAsserted(() -> assertThat(keyOf(signedIn("admin"))).isNotEqualTo(keyOf(cookie)));
    assertThat(isSignedIn(two, cookie)).isTrue();
  }

  private static String keyOf(String cookie) {
    return new String(Base64.getUrlDecoder().decode(cookie.split("\\.")[0]))
        .replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
  }
}
