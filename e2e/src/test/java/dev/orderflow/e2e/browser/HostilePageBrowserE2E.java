package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import org.junit.jupiter.api.Test;

/** What a page of another site can do with the browser of a customer who is signed in: nothing. */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class HostilePageBrowserE2E {
  private static final String EVIL = "http://evil.example/";

  private final Browser browser;
  private final ShopClient shop;
  private final String gateway;

  HostilePageBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.browser = browser;
    this.shop = platform.shop();
    this.gateway = platform.cluster().gateway().url();
  }

  @Test
  void a_form_of_another_site_cancels_no_order() {
    var product = shop.newProduct(5);
    var order = shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.NO_ANSWER));
    try (var context = signedIn(ShopClient.ALICE)) {
      var page =
          evil(
              context,
              """
              <form method="post" action="%s/orders/%s/cancel"><button>Win</button></form>
              """
                  .formatted(gateway, order.orderId()));
      page.getByText("Win").click();
      page.waitForURL(gateway + "/**");

      assertThat(shop.order(ShopClient.ALICE, order.orderId()).status()).isEqualTo("PENDING");
    }
    shop.as(ShopClient.ALICE).post("/orders/" + order.orderId() + "/cancel", "");
  }

  @Test
  void a_script_of_another_site_reads_and_writes_nothing() {
    try (var context = signedIn(ShopClient.ALICE)) {
      var page = evil(context, "<p>Hello</p>");

      assertThat(
              page.evaluate(
                  """
                  gateway => fetch(gateway + '/orders', { credentials: 'include' })
                    .then(() => 'read', () => 'refused')\
                  """,
                  gateway))
          .isEqualTo("refused");
      var wrote =
          page.evaluate(
              """
              gateway => fetch(gateway + '/customers/alice/personal-data',
                  { method: 'DELETE', credentials: 'include' })
                .then(() => 'wrote', () => 'refused')\
              """,
              gateway);
      assertThat(wrote).isEqualTo("refused");
    }
  }

  @Test
  void the_shop_is_shown_in_no_frame() {
    try (var context = signedIn(ShopClient.ALICE)) {
      var page = evil(context, "<iframe src='%s/'></iframe>".formatted(gateway));

      assertThat(page.frameLocator("iframe").getByText("Orderflow")).hasCount(0);
    }
  }

  private Page evil(BrowserContext context, String content) {
    context.route(
        EVIL + "**",
        route -> route.fulfill(new FulfillOptions().setContentType("text/html").setBody(content)));
    var page = context.newPage();
    page.navigate(EVIL);
    return page;
  }

  private BrowserContext signedIn(String user) {
    var context =
        browser.newContext(new Browser.NewContextOptions().setLocale("en-US").setBaseURL(gateway));
    var page = context.newPage();
    page.navigate("/");
    new ShopPage(page).signIn(user);
    assertThat(new ShopPage(page).link("Account: " + user)).isVisible();
    return context;
  }
}
