package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page can be read and used: by keyboard and screen reader as WCAG 2.2 AA asks, in Vietnamese
 * on a narrow screen in the light, in English on a wide one in the dark. It fits both screens in
 * both languages.
 */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class LooksBrowserE2E {
  private static final int LARGEST_FIRST_LIST_BYTES = 100_000;

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;

  LooksBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void every_page_can_be_read_and_used(String language) {
    // Without motion no colour is on its way from light to dark when it is looked at.
    var options =
        new NewContextOptions().setLocale(language).setReducedMotion(ReducedMotion.REDUCE);
    var order = finalOrder();
    try (var visit = Visit.with(options, browser, platform)) {
      var page = visit.tab("/sign-in?returnTo=/");
      looksWell(page, language, "sign-in");
      signIn(page, ShopClient.ALICE);
      for (var place : customers(order)) {
        page.navigate("/#/" + place);
        looksWell(page, language, place);
      }
    }
    try (var visit = Visit.with(options, browser, platform)) {
      var page = visit.tab("/sign-in?returnTo=/");
      signIn(page, ShopClient.STAFF);
      for (var place : staff(order)) {
        page.navigate("/#/" + place);
        looksWell(page, language, place);
      }
    }
  }

  private Order finalOrder() {
    var product = shop.newProduct(3);
    return shop.awaitFinal(
        shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA)));
  }

  private static List<String> customers(Order order) {
    return List.of(
        "products",
        "products?q=ca%20phe",
        "products/PROD-PHIN-SET",
        "products/PROD-NONE",
        "cart",
        "checkout",
        "orders",
        "orders/" + order.orderId(),
        "me",
        "nowhere",
        "staff/products");
  }

  private static List<String> staff(Order order) {
    return List.of(
        "staff/products",
        "staff/products/PROD-PHIN-SET",
        "staff/orders",
        "staff/orders?orderId=" + order.orderId(),
        "orders/" + order.orderId(),
        "staff/import");
  }

  private static void signIn(Page page, String user) {
    page.locator("input[name=username]").fill(user);
    page.locator("input[name=password]").fill(user);
    page.keyboard().press("Enter");
    assertThat(page.locator("a[href='#/me']")).isVisible();
    if (user.equals(ShopClient.ALICE)) {
      page.navigate("/#/products/PROD-PHIN-SET");
      page.locator("form.buy button").click();
    }
  }

  private static void looksWell(Page page, String language, String place) {
    page.waitForLoadState(LoadState.NETWORKIDLE);
    Look.isFine(page, language, place);
  }

  @Test
  void a_question_in_a_dialog_can_be_read_and_used() {
    var product = shop.newProduct(5);
    try (var visit = Visit.in("en-US", browser, platform)) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.CAROL).choose(product, 1);
      page.fillInDetails("Visa card: paid at once");
      var price = "/products/" + product.productId() + "/price";
      assertThat(shop.as(ShopClient.STAFF).put(price, Map.of("price", 60_000)).status())
          .isEqualTo(200);
      page.order().click();
      assertThat(page.dialog("The price has changed")).isVisible();

      Look.isAccessible(page.page(), "a dialog");
    }
  }

  @Test
  void a_page_whose_words_do_not_arrive_says_so_until_they_do() {
    try (var visit = Visit.in("vi-VN", browser, platform)) {
      visit.context().route("**/messages/*.json", Route::abort);
      var page = visit.tab("/");
      assertThat(page.getByText("Tải lại / Reload")).isVisible();
      visit.context().unrouteAll();

      assertThat(page.locator("h2").first()).isVisible();
      assertThat(page.getByText("Tải lại / Reload")).not().isVisible();
    }
  }

  @Test
  void the_pictures_of_the_readme_show_what_there_is() {
    var order =
        shop.awaitFinal(
            shop.placed(
                OrderRequest.of(
                    ShopClient.ALICE, shop.product("PROD-PHIN-SET"), 2, OrderRequest.VISA)));
    var options = new NewContextOptions().setLocale("vi-VN").setViewportSize(1100, 760);
    try (var visit = Visit.with(options, browser, platform)) {
      var page = visit.tab("/#/products?q=may");
      assertThat(page.locator("h2").nth(7)).isVisible();
      page.screenshot(new ScreenshotOptions().setPath(Look.PICTURES.resolve("products.png")));
    }
    try (var visit = Visit.with(options.setLocale("en-US"), browser, platform)) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.ALICE);
      assertThat(page.link("Account: alice")).isVisible();
      page.page().navigate("/#/orders/" + order.orderId());
      page.awaitText("Your order is paid and confirmed");
      page.page().screenshot(new ScreenshotOptions().setPath(Look.PICTURES.resolve("order.png")));
    }
  }

  @Test
  void the_language_is_the_browsers_and_can_be_switched_for_good() {
    try (var visit = Visit.in("vi-VN", browser, platform)) {
      var page = visit.tab("/#/products/PROD-PHIN-SET");
      assertThat(page.getByText("185.000 ₫").first()).isVisible();
      assertThat(page).hasTitle("Sản phẩm · Orderflow");
      page.getByText("English").click();
      assertThat(page.locator("html")).hasAttribute("lang", "en");
      page.reload();

      assertThat(page.locator("html")).hasAttribute("lang", "en");
      assertThat(page).hasTitle("Product · Orderflow");
    }
  }

  @Test
  void an_order_can_be_placed_by_keyboard_alone() {
    var product = shop.newProduct(5);
    try (var visit = Visit.in("en-US", browser, platform)) {
      var page = new ShopPage(visit.tab());
      page.signIn(ShopClient.CAROL);
      page.page().navigate("/#/products/" + product.productId());
      press(page, page.button("Add to cart"), "Enter");
      press(page, page.link("View cart"), "Enter");
      press(page, page.link("Check out"), "Enter");
      page.fillInDetails("Visa card: paid at once");
      press(page, page.order(), "Space");

      page.awaitText("Your order is paid and confirmed");
    }
  }

  /** Goes from element to element until it is there. */
  private static void press(ShopPage page, Locator wanted, String key) {
    assertThat(wanted).isVisible();
    for (var steps = 0; steps < 60; steps++) {
      if ((Boolean) wanted.evaluate("element => element === document.activeElement")) {
        page.page().keyboard().press(key);
        return;
      }
      page.page().keyboard().press("Tab");
    }
    throw new AssertionError("no way by keyboard to " + wanted);
  }

  @Test
  void the_first_list_of_products_is_small() {
    try (var visit = Visit.in("vi-VN", browser, platform)) {
      var page = visit.context().newPage();
      var received = new TreeMap<String, Integer>();
      page.onRequestFinished(request -> {
        var sizes = request.sizes();
        received.merge(
            request.url(), sizes.responseHeadersSize + sizes.responseBodySize, Integer::sum);
      });
      // The demo's products: other tests leave some with texts as long as they may be.
      page.navigate("/#/products?q=may");
      assertThat(page.locator("h2").first()).isVisible();
      page.waitForLoadState(LoadState.NETWORKIDLE);

      assertThat(received).hasSizeGreaterThan(5);
      assertThat(received.values().stream().mapToInt(Integer::intValue).sum())
          .as("%s", received)
          .isLessThan(LARGEST_FIRST_LIST_BYTES);
    }
  }
}
