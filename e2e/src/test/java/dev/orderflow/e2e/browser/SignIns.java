package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of users who sign in once: the browsers after the first one begin with its cookies, until their
 * session is over.
 */
final class SignIns {
  private final Map<String, List<Cookie>> cookies = new HashMap<>();

  /** A new tab on this path of a browser whose user is signed in. */
  ShopPage tab(BrowserContext browser, String user, String path) {
    browser.addCookies(cookies.getOrDefault(user, List.of()));
    var session = browser.request().get("/session").text();
    if (session.contains("\"userId\":\"" + user + "\"")) {
      var page = open(browser, path);
      assertThat(page.signedIn()).isVisible();
      return page;
    }
    browser.clearCookies();
    var page = open(browser, path).signIn(user);
    cookies.put(user, browser.cookies());
    return page;
  }

  private static ShopPage open(BrowserContext browser, String path) {
    var page = browser.newPage();
    page.navigate(path);
    return new ShopPage(page);
  }
}
