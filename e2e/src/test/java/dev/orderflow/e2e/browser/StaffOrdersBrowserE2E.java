package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext.RouteOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Staff find every customer's orders, and take what they have found away as a file. */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class StaffOrdersBrowserE2E {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** What the platform lists when nothing is said. */
  private static final int ORDERS_ON_A_PAGE = 20;

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;
  private final SignIns signIns = new SignIns();
  private Product product;
  private Order bobs;
  private Order declined;

  /** The ids of alice's, the oldest first: one more than a page holds. */
  private final List<String> alices = new ArrayList<>();

  StaffOrdersBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @BeforeAll
  void there_are_orders() {
    product = shop.newProduct(100);
    for (var placed = 0; placed <= ORDERS_ON_A_PAGE; placed++) {
      alices.add(shop.placed(order(ShopClient.ALICE, OrderRequest.VISA)).orderId());
    }
    bobs = shop.awaitFinal(shop.placed(order(ShopClient.BOB, OrderRequest.VISA)));
    declined = shop.awaitFinal(shop.placed(order(ShopClient.BOB, OrderRequest.DECLINED)));
    await("the lists show them")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(found("")).isEqualTo(alices.size() + 2));
    await("the lists show how they ended")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(found("&status=PENDING")).isZero());
  }

  private OrderRequest order(String user, String paymentMethod) {
    return OrderRequest.of(user, product, 1, paymentMethod);
  }

  private int found(String more) {
    return shop.as(ShopClient.STAFF)
        .get("/admin/orders?pageSize=100&productId=" + product.productId() + more)
        .body()
        .path("orders")
        .size();
  }

  @Test
  void an_order_is_found_by_its_id_its_customer_its_product_and_how_it_ended() {
    try (var visit = visit()) {
      var page = staff(visit);
      fill(page, "Order ID", " " + bobs.orderId() + " ");
      page.button("Search").click();
      assertShows(page, bobs.orderId());
      page.link(bobs.orderId()).click();
      page.awaitText("Customer: bob");
      page.link("All orders").first().click();

      fill(page, "Product ID", product.productId());
      fill(page, "Customer", "bob");
      page.button("Search").click();
      assertShows(page, declined.orderId(), bobs.orderId());
      page.page().getByLabel("Status").selectOption("Cancelled");
      assertShows(page, declined.orderId());
      page.page().getByLabel("Until").fill(LocalDate.now().minusDays(2).toString());
      page.awaitText("No orders.");
    }
  }

  @Test
  void the_file_holds_what_is_selected_and_nothing_else_however_many_pages_that_is()
      throws IOException {
    try (var visit = visit()) {
      var page = staff(visit);
      fill(page, "Product ID", product.productId());
      fill(page, "Customer", "alice");
      page.button("Search").click();
      var newest = alices.reversed().subList(0, ORDERS_ON_A_PAGE);
      assertShows(page, newest.toArray(String[]::new));
      page.link("Next page").click();
      assertShows(page, alices.getFirst());

      var file = page.page().waitForDownload(() -> page.link("Download as CSV").click());

      assertThat(file.suggestedFilename()).isEqualTo("orders.csv");
      assertThat(orderIdsIn(file)).containsExactlyElementsOf(alices.reversed());
    }
  }

  @Test
  void there_is_no_next_page_of_what_was_selected_before_while_a_search_is_under_way() {
    try (var visit = visit()) {
      var page = staff(visit);
      var next = page.link("Next page");
      assertThat(next).isVisible();
      var search = new CompletableFuture<Route>();
      visit.context().route(url -> url.contains("userId=alice"), search::complete);
      fill(page, "Customer", "alice");
      page.page().keyboard().press("Tab");
      page.page().waitForCondition(search::isDone);
      // At once: a search that is not answered for long shows nothing at all.
      assertThat(next.count()).isZero();

      search.join().resume();
      assertThat(next).isVisible();
    }
  }

  @Test
  void a_list_that_could_not_be_had_at_first_has_its_next_page_when_it_is_looked_at_again() {
    try (var visit = visit()) {
      var page = staff(visit);
      visit
          .context()
          .route(
              url -> url.contains("/admin/orders"),
              route -> route.fulfill(new FulfillOptions().setStatus(503)),
              new RouteOptions().setTimes(1));
      page.page().navigate("/console#/orders");
      page.awaitText("ORD-");

      assertThat(page.link("Next page")).isVisible();
    }
  }

  @Test
  void what_is_no_order_id_is_named_and_shows_nothing() {
    try (var visit = visit()) {
      var page = staff(visit);
      assertThat(page.link("ORD-").first()).isVisible();
      fill(page, "Order ID", "no order");
      page.button("Search").click();

      page.awaitText("Please check: Order ID.");
      assertThat(page.link("ORD-")).hasCount(0);
    }
  }

  @Test
  void one_goes_from_field_to_field_by_keyboard_while_the_list_follows() {
    try (var visit = visit()) {
      var page = staff(visit);
      page.page().getByLabel("Order ID").focus();
      page.page().keyboard().type(bobs.orderId());
      page.page().keyboard().press("Tab");
      assertShows(page, bobs.orderId());

      assertThat(page.page().getByLabel("Customer")).isFocused();
    }
  }

  @Test
  void customers_see_neither_the_page_nor_what_is_on_it() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab()).signIn(ShopClient.ALICE);
      assertThat(page.link("Account: alice")).isVisible();
      assertThat(page.link("All orders")).hasCount(0);
      page.page().navigate("/#/staff/orders?userId=bob");
      page.awaitText("This page is for staff.");
      assertThat(page.link("ORD-")).hasCount(0);

      for (var path : List.of("/admin/orders", "/admin/orders.csv")) {
        var refused = visit.context().request().get(path + "?userId=bob");
        assertThat(refused.status()).as(path).isEqualTo(403);
        assertThat(refused.text()).as(path).doesNotContain("ORD-");
      }
    }
  }

  private static void fill(ShopPage page, String field, String text) {
    page.page().getByLabel(field).fill(text);
  }

  /** These orders, and no other one. */
  private static void assertShows(ShopPage page, String... orderIds) {
    assertThat(page.page().getByRole(AriaRole.MAIN).getByText("ORD-")).hasText(orderIds);
  }

  private static List<String> orderIdsIn(Download file) throws IOException {
    return Files.readAllLines(file.path()).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }

  private ShopPage staff(Visit visit) {
    var page = signIns.tab(visit.context(), ShopClient.STAFF, "/");
    page.link("All orders").click();
    assertThat(page.heading("All orders")).isVisible();
    return page;
  }

  private Visit visit() {
    return Visit.in("en-US", browser, platform);
  }
}
