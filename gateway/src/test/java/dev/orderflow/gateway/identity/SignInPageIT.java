package dev.orderflow.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.gateway.testing.Browser;
import dev.orderflow.gateway.testing.RunningGateway;
import dev.orderflow.platform.testing.SigningKeys;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInPageIT {
  private static final RunningGateway GATEWAY = RunningGateway.shared();

  private Browser browser;

  @BeforeEach
  void open() {
    browser = new Browser(GATEWAY);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @ParameterizedTest
  @CsvSource({
    "vi, vi, Đăng nhập",
    "vi-VN;q=0.9, vi, Đăng nhập",
    "'en-GB,vi;q=0.5', en, Sign in",
    "'fr,en;q=0.5', en, Sign in",
    "fr, vi, Đăng nhập"
  })
  void the_page_speaks_the_language_that_the_browser_prefers(
      String accepted, String language, String title) {
    var address = Browser.location(browser.get("/sign-in"));

    var page = browser.send(browser.request(address).header("Accept-Language", accepted));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Language")).hasValue(language);
    assertThat(page.body())
        .contains("<html lang=\"" + language + "\">", "<h1>" + title + "</h1>")
        .doesNotContain("<script", "style=", "src=", "href=\"http");
  }

  @Test
  void the_other_language_is_one_link_away_and_stays() {
    var page = browser.toSignIn("/sign-in?ui_locales=en");
    assertThat(page.body()).contains("<h1>Sign in</h1>");
    var link = page.body().replaceAll("(?s).*<a href=\"([^\"]+)\" lang=\"vi\".*", "$1");

    var other = browser.get(link.replace("&amp;", "&"));

    assertThat(other.body()).contains("<h1>Đăng nhập</h1>");
    var wrong = browser.submit(other, "alice", "wrong");
    assertThat(wrong.body()).contains("Tên đăng nhập hoặc mật khẩu không đúng.");
    assertThat(Browser.location(browser.submit(wrong, "alice", "alice"))).contains("code=");
  }

  @Test
  void no_other_site_shows_it_and_no_script_runs_in_it() {
    var headers = browser.toSignIn("/sign-in").headers();

    assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'");
    assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(headers.allValues("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"alice, wrong", "nobody, nobody", "both, both", "alice, ''", "'', ''"})
  void who_has_not_the_right_password_is_asked_again(String name, String password) {
    var answer = browser.submit(browser.toSignIn("/sign-in?ui_locales=en"), name, password);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .contains("role=\"alert\">The user name or the password is wrong.</p>")
        .contains("value=\"" + name + "\"");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void who_guesses_is_slowed_down_and_the_right_password_does_not_help() {
    var page = browser.toSignIn("/sign-in?ui_locales=en");
    for (var attempt = 0; attempt < 5; attempt++) {
      assertThat(browser.submit(page, "guessed", "wrong").statusCode()).isEqualTo(401);
    }

    // The first pause may be over before the next attempt; they grow.
    var paused =
        Stream.generate(() -> browser.submit(page, "guessed", "guessed"))
            .limit(8)
            .filter(answer -> answer.statusCode() != 401)
            .findFirst()
            .orElseThrow();

    assertThat(paused.statusCode()).isEqualTo(429);
    assertThat(paused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    assertThat(paused.body()).contains("That was wrong too often.");
    assertThat(Browser.location(browser.submit(page, "alice", "alice"))).contains("code=");
  }

  @Test
  void what_a_link_brings_along_stays_text() {
    var address =
        Browser.location(browser.get("/sign-in"))
            + "&evil=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&%22%3Cb=1";
    var page = browser.get(address);
    var again = browser.submit(page, "\"><script>alert(2)</script>", "x");

    assertThat(page.body()).contains("&lt;script&gt;alert(1)").doesNotContain("<script", "\"<b");
    assertThat(again.body()).contains("&lt;script&gt;alert(2)").doesNotContain("<script", "\"<b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/sign-in/callback",
        "http://127.0.0.1:1/sign-in/callback",
        "http://localhost/sign-in/callback",
        "/sign-in/callback",
        ""
      })
  void a_code_is_sent_nowhere_else(String callback) {
    var address =
        Browser.location(browser.get("/sign-in"))
            .replaceFirst("redirect_uri=[^&]+", "redirect_uri=" + callback);

    var answer = browser.get(address);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.body()).doesNotContain("password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id=browser", "code_challenge_method=S256", "response_type=code"})
  void a_request_that_lacks_what_protects_it_gets_no_page(String parameter) {
    var address = Browser.location(browser.get("/sign-in")).replace(parameter, "x=y");

    var answer = browser.get(address);

    assertThat(answer.statusCode()).isIn(302, 400);
    assertThat(answer.body()).doesNotContain("<form");
  }

  @Test
  void the_issuer_describes_what_it_does_and_nothing_else() {
    var description = RunningGateway.json(browser.get("/.well-known/openid-configuration"));

    assertThat(description.path("issuer").asString()).isEqualTo(SigningKeys.ISSUER);
    assertThat(description.path("authorization_endpoint").asString())
        .isEqualTo(SigningKeys.ISSUER + "/oauth2/authorize");
    assertThat(description.path("token_endpoint").asString())
        .isEqualTo(SigningKeys.ISSUER + "/oauth2/token");
    assertThat(description.path("jwks_uri").asString())
        .isEqualTo(SigningKeys.ISSUER + "/oauth2/jwks");
    assertThat(description.path("code_challenge_methods_supported").toString())
        .isEqualTo("[\"S256\"]");
    assertThat(description.propertyNames())
        .noneMatch(name ->
            name.startsWith("revocation")
                || name.startsWith("introspection")
                || name.startsWith("userinfo")
                || name.startsWith("end_session"));
    for (var path : new String[] {"/oauth2/revoke", "/oauth2/introspect", "/userinfo"}) {
      assertThat(browser.post(path, Map.of("token", "x")).statusCode()).isEqualTo(404);
    }
  }
}
