package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Staff fill the shop and change what is in it. */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class StaffBrowserE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;
  private final SignIns signIns = new SignIns();

  StaffBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @Test
  void a_product_is_created_filled_and_taken_off_sale() {
    var id = "PROD-" + UUID.randomUUID();
    try (var visit = visit()) {
      var page = staff(visit);
      page.link("Catalog").first().click();
      page.page().getByText("New product").click();
      page.page().getByLabel("Product name").fill("<b>Ấm</b> / <img src=x onerror=alert(1)>");
      page.page().getByLabel("Description").fill("1,7 L");
      page.page().getByLabel("Price").fill("125000");
      page.page().getByLabel("Product ID (optional)").fill(id);
      page.button("Create product").click();

      // Markup in a name is text.
      assertThat(page.heading("<b>Ấm</b> / <img src=x onerror=alert(1)>")).isVisible();
      page.page().getByLabel("Pieces received").fill("40");
      page.button("Receive stock").click();
      page.awaitText("Received: 40.");
      assertThat(shop.stock(id).available()).isEqualTo(40);
      page.button("Take off sale").click();
      page.awaitText("The product is off sale.");
      assertThat(
              shop.answered(OrderRequest.of(ShopClient.BOB, shop.product(id), 1, OrderRequest.VISA))
                  .code())
          .isEqualTo("PRODUCT_INACTIVE");
    }
  }

  @Test
  void a_price_that_was_changed_meanwhile_is_shown_before_it_is_overwritten() {
    var product = shop.newProduct(1);
    try (var visit = visit()) {
      var page = staff(visit);
      page.page().navigate("/#/staff/products/" + product.productId());
      page.page().getByLabel("New price").fill("70000");
      var other =
          shop.as(ShopClient.STAFF)
              .put("/products/" + product.productId() + "/price", Map.of("price", 60_000));
      assertThat(other.status()).isEqualTo(200);
      // The page shows once what the view has then.
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(shop.product(product.productId()).price()).isEqualByComparingTo("60000"));
      page.button("Change price").click();

      page.awaitText("it is 60.000 ₫ now");
      page.button("Change it anyway").click();

      page.awaitText("The price is changed.");
      assertThat(shop.product(product.productId()).price()).isEqualByComparingTo("70000");
    }
  }

  @Test
  void a_receipt_whose_answer_is_lost_counts_once_whatever_is_answered_when_it_is_sent_again() {
    var product = shop.newProduct(1);
    try (var visit = visit()) {
      var page = staff(visit);
      page.page().navigate("/#/staff/products/" + product.productId());
      var tries = new AtomicInteger();
      visit
          .context()
          .route(
              url -> url.endsWith("/receipts"),
              route -> {
                switch (tries.incrementAndGet()) {
                  case 1 -> {
                    route.fetch();
                    route.abort();
                  }
                  case 2 ->
                      route.fulfill(new FulfillOptions().setStatus(409).setBody("<h1>No</h1>"));
                  default -> route.resume();
                }
              });
      page.page().getByLabel("Pieces received").fill("40");
      page.button("Receive stock").click();
      page.awaitText("There was no answer.");
      page.awaitText("Sending it again does not count it twice.");
      page.button("Send again").click();
      page.awaitText("Something went wrong on our side.");
      page.button("Send again").click();

      page.awaitText("Received: 40.");
      assertThat(page.button("Receive stock")).isVisible();
      assertThat(shop.stock(product.productId()).available()).isEqualTo(41);
    }
  }

  @Test
  void a_receipt_of_unknown_outcome_is_not_sent_again_once_its_key_is_forgotten() {
    var product = shop.newProduct(1);
    try (var visit = visit()) {
      var page = staff(visit);
      page.page()
          .evaluate(
              """
              id => localStorage.setItem('orderflow.receipt.admin.' + id,
                  JSON.stringify({ key: 'admin_20200101000000_1', quantity: 40, at: 0 }))\
              """,
              product.productId());
      page.page().navigate("/#/staff/products/" + product.productId());
      page.awaitText("sending it again could count it twice");
      page.button("Forget this receipt").click();

      assertThat(page.button("Receive stock")).isVisible();
      assertThat(shop.stock(product.productId()).available()).isEqualTo(1);
    }
  }

  @Test
  void a_file_that_is_not_utf_8_is_refused_as_it_is() {
    var id = "PROD-" + UUID.randomUUID();
    var products = "productId,name,description,price,currency\n" + id + ",Caf\u00e9,,1,VND\n";
    try (var visit = visit()) {
      var page = staff(visit);
      upload(page, "Products", products.getBytes(ISO_8859_1));

      assertThat(page.page().getByRole(AriaRole.ALERT)).isVisible();
      assertThat(page.button("Try again")).isVisible();
      assertThat(shop.anybody().get("/products/" + id).status()).isEqualTo(404);
    }
  }

  @Test
  void a_file_is_taken_in_line_by_line_and_once() {
    var id = "PROD-" + UUID.randomUUID();
    var products =
        """
        productId,name,description,price,currency
        %s,Ấm trà / Teapot,0.8 L,240000,VND
        %s,,nothing,-1,VND
        """
            .formatted(id, id + "-bad");
    var receipts = "productId,quantity,reference\n" + id + ",25,DN-1\n";
    try (var visit = visit()) {
      var page = staff(visit);
      upload(page, "Products", products.getBytes(UTF_8));
      page.awaitText("Done: 1. Failed: 1.");
      upload(page, "Stock receipts", receipts.getBytes(UTF_8));
      page.awaitText("Done: 1. Failed: 0.");
      upload(page, "Stock receipts", receipts.getBytes(UTF_8));
      page.awaitText("Done: 1. Failed: 0.");

      assertThat(shop.stock(id).available()).isEqualTo(25);
    }
  }

  private static void upload(ShopPage page, String what, byte[] content) {
    page.page().navigate("/#/products");
    page.link("CSV import").click();
    page.page().getByLabel("What the file holds").selectOption(what);
    page.page()
        .getByLabel("CSV file")
        .setInputFiles(new FilePayload("shop.csv", "text/csv", content));
    page.button("Import").click();
  }

  @Test
  void customers_are_told_that_these_pages_are_for_staff() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.ALICE);
      assertThat(page.link("Catalog")).hasCount(0);
      page.page().navigate("/#/staff/products");

      page.awaitText("This page is for staff.");
    }
  }

  private ShopPage staff(Visit visit) {
    var page = signIns.tab(visit.context(), ShopClient.STAFF, "/");
    assertThat(page.link("Account: admin")).isVisible();
    return page;
  }

  private Visit visit() {
    return Visit.in("en-US", browser, platform);
  }
}
