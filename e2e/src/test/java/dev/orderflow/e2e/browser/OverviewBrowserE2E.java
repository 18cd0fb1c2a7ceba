package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the whole is, on a platform where nothing waits for an operator. */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class OverviewBrowserE2E {
  private final PlatformUnderTest platform;
  private final Browser browser;

  OverviewBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
  }

  /** Errors that were logged meanwhile may keep the whole amber for a while. */
  @Test
  void it_is_red_while_kafka_is_frozen_and_then_no_longer() {
    var kafka = platform.cluster().kafka().pid();
    try (var visit = Visit.in("en-US", browser, platform)) {
      var page = new ShopPage(visit.tab("/console#/overview")).signIn(ShopClient.STAFF);
      var check =
          page.page()
              .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Checks"))
              .getByRole(AriaRole.LISTITEM)
              .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*Kafka\\b")))
              .first();
      assertThat(check).containsText("Green");
      var whole = page.page().getByRole(AriaRole.STATUS).first();
      assertThat(whole).not().containsText("Red");

      Processes.freeze(kafka);
      try {
        assertThat(check).containsText("Red");
        assertThat(whole).containsText("Red");
      } finally {
        // The launcher replaces what is silent for long.
        if (Processes.isAlive(kafka)) {
          Processes.thaw(kafka);
        }
      }

      assertThat(check).containsText("Green");
      assertThat(whole).not().containsText("Red");
      assertThat(check.getByRole(AriaRole.LINK)).isVisible();
    }
  }
}
