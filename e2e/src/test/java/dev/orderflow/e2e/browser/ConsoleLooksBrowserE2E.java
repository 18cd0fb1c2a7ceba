package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ReducedMotion;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.Platform;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every view of the console can be read and used, as {@link LooksBrowserE2E} asks of the shop. */
@InBrowser
@RunsOn(Setup.FORGED_RECORDS)
class ConsoleLooksBrowserE2E {
  private final Platform platform;
  private final Browser browser;
  private final Shop shop;

  ConsoleLooksBrowserE2E(Platform platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void every_view_can_be_read_and_used(String language) {
    var product = shop.newProduct(3);
    var order =
        shop.awaitFinal(shop.placed(OrderRequest.of(Shop.ALICE, product, 1, OrderRequest.VISA)));
    var places =
        List.of(
            "overview",
            "orders",
            "orders/" + order.orderId(),
            "events",
            "streams?streamId=order-" + order.orderId(),
            "letters",
            "tasks",
            "projections",
            "stock",
            "stock/" + product.productId(),
            "actions",
            "demo",
            "nowhere");
    // Without motion no colour is on its way from light to dark when it is looked at.
    var options =
        new NewContextOptions().setLocale(language).setReducedMotion(ReducedMotion.REDUCE);
    try (var visit = Visit.with(options, browser, platform)) {
      var page = visit.tab("/sign-in?returnTo=/console");
      page.locator("input[name=username]").fill(Shop.STAFF);
      page.locator("input[name=password]").fill(Shop.STAFF);
      page.keyboard().press("Enter");
      assertThat(page.locator("a[href='/#/me']")).isVisible();
      for (var place : places) {
        // Or else what is seen first is the view before.
        page.navigate("about:blank");
        page.navigate("/console#/" + place);
        assertThat(page.locator("main h1")).isVisible();
        assertThat(page.locator("[aria-busy=true]")).hasCount(0);
        Look.isFine(page, language, "console-" + place);
      }
    }
  }

  @Test
  void the_manual_can_be_read() {
    try (var visit = Visit.in("en-US", browser, platform)) {
      Look.isFine(visit.tab("/console/manual#dead-letters"), "en", "console-manual");
    }
  }
}
