package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A session ends by itself when its time has come, whatever its user is about to do. */
@InBrowser
@RunsOn(Setup.IMPATIENT)
class SessionEndBrowserE2E {
  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;

  SessionEndBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @Test
  void an_order_that_is_on_its_way_when_the_session_ends_goes_on_with_its_key_after_a_sign_in() {
    var product = shop.newProduct(10);
    try (var visit = Visit.in("en-US", browser, platform)) {
      // Signed in as late as can be: the session lasts for half a minute.
      var page = new ShopPage(visit.tab()).choose(product, 1);
      page.fillInDetails("Visa card: paid at once").signIn(ShopClient.CAROL);
      var keys = new ArrayList<String>();
      var held = new ArrayList<Route>();
      var isOver = new AtomicBoolean();
      visit.onPlacing(route -> {
        keys.add(Visit.key(route.request()));
        if (isOver.get()) {
          route.resume();
        } else {
          held.add(route);
        }
      });
      page.order().click();
      // The page itself sees that the time has come.
      assertThat(page.link("Sign in").first()).isVisible();
      assertThat(visit.context().request().get("/session").text()).contains("\"signedIn\":false");
      isOver.set(true);
      held.getLast().resume();
      page.awaitText("Sign in again and your order goes on.");

      page.signIn(ShopClient.CAROL);

      var order = page.awaitOrder();
      page.awaitText("Your order is paid and confirmed");
      assertThat(keys).hasSizeGreaterThan(1).containsOnly(keys.getFirst());
      assertThat(shop.ordersOf(ShopClient.CAROL, product)).isEqualTo(List.of(order));
      assertThat(shop.stock(product.productId()).available()).isEqualTo(9);
    }
  }
}
