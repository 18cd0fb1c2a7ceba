package dev.orderflow.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.FakeService;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.gateway.testing.RunningKeycloak;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/** With the real Keycloak, whose distribution the profile {@code full} unpacks. */
@EnabledIfSystemProperty(named = "orderflow.keycloak", matches = ".+")
class KeycloakIT {
  private static final String ALICE = "6f1c2b1e-0f0d-4c57-9d53-0a9b7f5f3a01";
  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("name=\"session_code\" value=\"([^\"]+)\"");

  private static final FakeService SERVICE = new FakeService("service");
  private static RunningKeycloak keycloak;
  private static RunningGateway gateway;

  private Browser browser;

  @BeforeAll
  static void start() throws IOException {
    var gatewayPort = freePort();
    keycloak =
        new RunningKeycloak(
            Path.of(System.getProperty("orderflow.keycloak")),
            freePort(),
            gatewayPort,
            Duration.ofSeconds(5));
    gateway =
        RunningGateway.start(
            Map.of(
                "server.port", Integer.toString(gatewayPort),
                "orderflow.instances.query-side", SERVICE.url(),
                "orderflow.identity.issuer-uri", keycloak.issuer(),
                "orderflow.identity.issuer", "",
                "orderflow.identity.public-key", "",
                "orderflow.gateway.issuer.signing-key", "",
                "orderflow.gateway.issuer.clients", "",
                "orderflow.gateway.session.client-id", "storefront"));
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
    keycloak.close();
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

  private JsonNode session() {
    return RunningGateway.json(browser.get("/session"));
  }

  /** The last redirect. */
  private String signIn(String name) {
    var page = toSignIn();
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    var submitted = browser.post(action(page), Map.of("username", name, "password", name));
    return Browser.location(browser.get(Browser.location(submitted)));
  }

  /** Where the form of a page of Keycloak's goes. */
  private static String action(HttpResponse<String> page) {
    var action = found(ACTION, page).replace("&amp;", "&");
    return URI.create(keycloak.issuer()).resolve(action).toString();
  }

  private static String found(Pattern pattern, HttpResponse<String> page) {
    var matcher = pattern.matcher(page.body());
    assertThat(matcher.find()).as(page.body()).isTrue();
    return matcher.group(1);
  }

  @Test
  void a_customer_signs_in_and_stays_while_tokens_come_and_go() {
    assertThat(signIn("alice")).endsWith("/orders");

    assertThat(session().path("userId").asString()).isEqualTo(ALICE);
    assertThat(session().path("scopes").toString()).isEqualTo("[\"customer\"]");
    assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
    assertThat(SERVICE.last().header("Authorization")).startsWith("Bearer ey");
    var first = browser.cookie("orderflow-session");
    await()
        .untilAsserted(() -> {
          assertThat(browser.get("/orders").statusCode()).isEqualTo(200);
          assertThat(browser.cookie("orderflow-session")).isNotEqualTo(first);
        });
    assertThat(session().path("userId").asString()).isEqualTo(ALICE);
  }

  @Test
  void staff_signs_in() {
    signIn("admin");

    assertThat(session().path("scopes").toString()).isEqualTo("[\"staff\"]");
    assertThat(browser.get("/admin/projections").statusCode()).isEqualTo(200);
  }

  @Test
  void who_signs_out_is_out_here_at_once_and_at_keycloak_when_that_is_confirmed_there() {
    signIn("alice");
    session();

    var out = RunningGateway.json(browser.write("POST", "/sign-out"));

    assertThat(session().path("signedIn").asBoolean()).isFalse();
    var there = out.path("continueAt").asString();
    assertThat(there).startsWith(keycloak.issuer() + "/protocol/openid-connect/logout?");
    // Until then Keycloak asks for no password.
    assertThat(toSignIn().statusCode()).isEqualTo(302);
    var question = browser.get(there);
    assertThat(question.statusCode()).as(question.body()).isEqualTo(200);
    var yes = Map.of("session_code", found(CODE, question), "confirmLogout", "yes");
    var left = browser.post(action(question), yes);
    assertThat(Browser.location(left)).isEqualTo("http://127.0.0.1:" + gateway.port() + "/");
    assertThat(action(toSignIn())).contains("/login-actions/authenticate");
  }

  private HttpResponse<String> toSignIn() {
    return browser.get(Browser.location(browser.get("/sign-in?returnTo=/orders")));
  }
}
