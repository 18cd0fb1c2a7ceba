package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who one is in the browser, from the sign-in to its end. */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class SignInBrowserE2E {
  private static final String PAID_AT_ONCE = "Visa card: paid at once";

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;

  SignInBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @Test
  void one_signs_in_comes_back_to_where_one_was_and_signs_out() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab("/#/products/PROD-PHIN-SET"));
      page.link("Sign in").first().click();
      page.fillInSignIn(ShopClient.ALICE, "wrong");
      assertThat(page.page().getByText("The user name or the password is wrong.")).isVisible();
      page.fillInSignIn(ShopClient.ALICE, ShopClient.ALICE);

      assertThat(page.link("Account: alice")).isVisible();
      assertThat(page.page()).hasURL(Pattern.compile(".*/#/products/PROD-PHIN-SET"));
      page.signOut();
      page.page().reload();
      assertThat(page.link("Sign in").first()).isVisible();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "failed, The sign-in did not succeed",
    "unavailable, Signing in does not work at the moment",
  })
  void a_sign_in_that_came_to_nothing_is_said_with_a_way_to_try_again(String why, String words) {
    try (var visit = visit()) {
      // What the gateway answers while the identity provider is away, for example.
      visit
          .context()
          .route(
              url -> url.contains("/sign-in?"),
              route ->
                  route.fulfill(
                      new FulfillOptions()
                          .setStatus(302)
                          .setHeaders(Map.of("Location", "/?signIn=" + why))));
      var page = new ShopPage(visit.tab());
      page.link("Sign in").first().click();
      var alert = page.page().getByRole(AriaRole.ALERT);
      assertThat(alert).containsText(words);
      visit.context().unrouteAll();
      alert.getByRole(AriaRole.LINK).click();
      page.fillInSignIn(ShopClient.ALICE, ShopClient.ALICE);

      assertThat(page.link("Account: alice")).isVisible();
      assertThat(alert).hasCount(0);
    }
  }

  @Test
  void a_list_that_was_asked_for_before_it_was_known_who_is_signed_in_is_shown_all_the_same() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.ALICE);
      assertThat(page.link("Account: alice")).isVisible();
      var held = new ArrayList<Route>();
      visit.context().route(url -> url.contains("/products?"), held::add);
      page.page().reload();
      page.page().waitForCondition(() -> !held.isEmpty());
      assertThat(page.link("Account: alice")).isVisible();
      held.getFirst().resume();

      assertThat(page.button("Search")).isVisible();
      assertThat(page.page().getByRole(AriaRole.MAIN).getByRole(AriaRole.LISTITEM).first())
          .isVisible();
    }
  }

  @Test
  void no_script_can_read_a_token() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.ALICE);
      assertThat(page.link("Account: alice")).isVisible();

      var readable =
          page.page()
              .evaluate(
                  """
                  () => document.cookie + JSON.stringify(localStorage)
                    + JSON.stringify(sessionStorage)\
                  """);
      assertThat((String) readable).doesNotContain("eyJ");
      assertThat(visit.context().cookies())
          .filteredOn(cookie -> !cookie.name.contains("XSRF-TOKEN"))
          .isNotEmpty()
          .allSatisfy(cookie -> assertThat(cookie.httpOnly).isTrue());
      assertThat(visit.context().cookies())
          .allSatisfy(cookie -> assertThat(cookie.sameSite).isNotNull());
    }
  }

  @Test
  void a_session_that_ends_in_the_middle_of_a_checkout_keeps_the_order_until_one_is_back() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab());
      page.signIn(ShopClient.CAROL).choose(product, 1).fillInDetails(PAID_AT_ONCE);
      visit.context().clearCookies();
      page.order().click();
      assertThat(page.page().getByText("Sign in again and your order goes on.").first())
          .isVisible();

      page.signIn(ShopClient.CAROL);

      page.awaitOrder();
      page.awaitText("Your order is paid and confirmed");
    }
  }

  @Test
  void a_copy_of_the_cookies_is_worth_nothing_after_the_sign_out() {
    try (var visit = visit();
        var thief = visit()) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.ALICE);
      assertThat(page.link("Account: alice")).isVisible();
      var stolen = visit.context().cookies();
      page.signOut();
      thief.context().addCookies(stolen.stream().map(SignInBrowserE2E::copy).toList());

      var thiefs = new ShopPage(thief.tab("/#/orders"));

      assertThat(thiefs.page().getByText("Sign in to see your orders.")).isVisible();
    }
  }

  @Test
  void another_users_sign_in_reaches_the_other_tabs() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var first = new ShopPage(visit.tab());
      first.signIn(ShopClient.ALICE).choose(product, 1).fillInDetails(PAID_AT_ONCE);
      var second = new ShopPage(visit.tab());
      second.signOut();
      second.signIn(ShopClient.BOB);
      assertThat(second.link("Account: bob")).isVisible();

      assertThat(first.link("Account: bob")).isVisible();
      // What alice has filled in is not for bob's eyes.
      assertThat(first.page().getByLabel("E-mail")).hasValue("");
    }
  }

  @Test
  void the_way_back_never_leads_elsewhere() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab("/sign-in?returnTo=https://evil.example/"));
      page.fillInSignIn(ShopClient.ALICE, ShopClient.ALICE);

      assertThat(page.link("Account: alice")).isVisible();
      assertThat(page.page().url()).startsWith(platform.cluster().gateway().url());
    }
  }

  private static Cookie copy(Cookie stolen) {
    return new Cookie(stolen.name, stolen.value)
        .setDomain(stolen.domain)
        .setPath(stolen.path)
        .setHttpOnly(stolen.httpOnly);
  }

  private Visit visit() {
    return Visit.in("en-US", browser, platform);
  }
}
