package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ForgedRecords;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every view of the console can be read and used, as {@link LooksBrowserE2E} asks of the shop. */
@InBrowser
@RunsOn(Setup.FORGED_RECORDS)
class ConsoleLooksBrowserE2E {
  private static final Pattern TITLE = Pattern.compile(".+ · Orderflow Console");
  private static final String TASKS = "tasks";

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;

  ConsoleLooksBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void every_view_can_be_read_and_used(String language) {
    var product = shop.newProduct(3);
    var order =
        shop.awaitFinal(
            shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.VISA)));
    thereIsALetterAndAnAction();
    var contents = new LinkedHashMap<String, String>();
    contents.put("overview", ".checks > li");
    contents.put("orders", ".orders > li");
    contents.put("orders/" + order.orderId(), ".timeline > li");
    contents.put("events", ".live.on");
    contents.put("streams?streamId=order-" + order.orderId(), ".steps-of-stream > li");
    contents.put("letters", ".cards > li");
    contents.put(TASKS, "tbody tr");
    contents.put("projections", ".levels");
    contents.put("stock", ".stocks > li");
    contents.put("stock/" + product.productId(), ".stock-bar");
    contents.put("actions", "tbody tr");
    contents.put("demo", ".modes button");
    contents.put("nowhere", "h1 + p a");
    try (var visit = visit(language)) {
      var page = signedIn(visit);
      contents.forEach((place, content) -> {
        if (place.equals(TASKS)) {
          // What is to be done about its payment is on the list until the order is given up.
          shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, OrderRequest.NO_ANSWER));
        }
        // Or else what is seen first is the view before.
        page.navigate("about:blank");
        page.navigate("/console#/" + place);
        assertThat(page).hasTitle(TITLE);
        assertThat(page.locator("main h1")).isVisible();
        assertThat(page.locator("main").locator(content).first()).isVisible();
        assertThat(page.locator("[aria-busy=true]")).hasCount(0);
        Look.isFine(page, language, "console-" + place);
      });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void every_question_can_be_read(String language) {
    thereIsALetterAndAnAction();
    try (var visit = visit(language)) {
      var page = signedIn(visit);
      for (var place : List.of("letters", "demo")) {
        page.navigate("about:blank");
        page.navigate("/console#/" + place);
        page.locator("main button.danger").first().click();
        assertThat(page.locator("dialog h2")).isVisible();
        Look.isFine(page, language, "console-question-" + place);
      }
    }
  }

  private Visit visit(String language) {
    // Without motion no colour is on its way from light to dark when it is looked at.
    var options =
        new NewContextOptions().setLocale(language).setReducedMotion(ReducedMotion.REDUCE);
    return Visit.with(options, browser, platform);
  }

  private static Page signedIn(Visit visit) {
    var page = visit.tab("/sign-in?returnTo=/console");
    page.locator("input[name=username]").fill(ShopClient.STAFF);
    page.locator("input[name=password]").fill(ShopClient.STAFF);
    page.keyboard().press("Enter");
    assertThat(page.locator("a[href='/#/me']")).isVisible();
    return page;
  }

  private void thereIsALetterAndAnAction() {
    var key = "ORD-" + UUID.randomUUID();
    try (var forged = new ForgedRecords(platform.cluster().kafka().bootstrapServers())) {
      forged.send("orders", "ordering.NoSuchEvent", key, key, "{\"orderId\":\"" + key + "\"");
    }
    shop.as(ShopClient.STAFF).post("/admin/dead-letters/retry", Map.of("cause", "that none has"));
  }

  @Test
  void the_manual_can_be_read() {
    try (var visit = visit("en")) {
      Look.isFine(visit.tab("/console/manual#dead-letters"), "en", "console-manual");
    }
  }
}
