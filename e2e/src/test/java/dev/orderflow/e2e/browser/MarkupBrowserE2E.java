package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import org.junit.jupiter.api.Test;

/** What customers and staff type is text on every page that shows it. */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class MarkupBrowserE2E {
  private static final String PICTURE = "<img src=x onerror=\"document.body.innerHTML='!'\">";
  private static final String CUSTOMER = PICTURE + "<b>Ánh</b>";
  private static final String NAME = "<i>Phin</i> " + PICTURE;
  private static final String DESCRIPTION = "<script>document.body.innerHTML='!'</script>";

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;

  MarkupBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @Test
  void names_with_markup_are_text_to_the_customer_and_to_staff() {
    var word = "z" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    var product = shop.newProduct(NAME + " " + word, DESCRIPTION, 10);
    var id = product.productId();
    String order;
    try (var visit = Visit.in("en-US", browser, platform)) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.CAROL);
      assertThat(page.link("Account: carol")).isVisible();
      show(page, "products?q=" + word, NAME);
      show(page, "products/" + id, NAME);
      assertIsText(page, DESCRIPTION);
      page.choose(product, 1);
      assertIsText(page, NAME);
      page.fillInDetails("Visa card: paid at once");
      page.page().getByLabel("Name").fill(CUSTOMER);
      page.page().reload();
      assertThat(page.page().getByLabel("Name")).hasValue(CUSTOMER);
      page.order().click();
      order = page.awaitOrder();
      assertIsText(page, NAME);
      show(page, "cart", "Your cart is empty.");
      show(page, "orders", order);
      page.page().navigate("/#/me");
      page.button("Show my data").click();
      assertIsText(page, CUSTOMER);
    }
    try (var visit = Visit.in("en-US", browser, platform)) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.STAFF);
      assertThat(page.link("Account: admin")).isVisible();
      show(page, "staff/products?q=" + word, NAME);
      show(page, "staff/products/" + id, NAME);
      assertIsText(page, DESCRIPTION);
      show(page, "staff/orders?productId=" + id, order);
      show(page, "orders/" + order, NAME);
      // Staff have no need of it.
      assertThat(page.page().getByText(CUSTOMER)).hasCount(0);
    }
  }

  private static void show(ShopPage page, String place, String text) {
    page.page().navigate("/#/" + place);
    assertIsText(page, text);
  }

  private static void assertIsText(ShopPage page, String text) {
    page.awaitText(text);
    assertThat(page.page().locator("main").locator("img, script, b, i")).hasCount(0);
  }
}
