package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One press of the button is one order, whatever comes between it and the answer. */
@InBrowser
@RunsOn(Setup.ONE_OF_EACH)
class BuyingBrowserE2E {
  private static final String PAID_AT_ONCE = "Visa card: paid at once";
  private static final String DECLINED = "Card that the bank declines";
  private static final String SLOW = "Slow bank: takes a few seconds";
  private static final String SILENT = "Bank that never answers";

  private static final Duration SOON = Duration.ofSeconds(60);

  /** What the platform lists when nothing is said. */
  private static final int ORDERS_ON_A_PAGE = 20;

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;
  private final SignIns signIns = new SignIns();

  BuyingBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @Test
  void a_customer_finds_a_product_signs_in_and_buys_it() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab());
      page.page().getByLabel("Search products").fill("ca phe");
      page.button("Search").click();
      page.link("Coffee dripper").first().click();
      page.button("Add to cart").click();
      page.link("View cart").click();
      page.link("Check out").click();
      page.link("Sign in to order").click();
      page.fillInSignIn(ShopClient.ALICE, ShopClient.ALICE);
      // Or else the name may go into the form of the sign-in, which is still there.
      assertThat(page.signedIn()).isVisible();
      page.fillInDetails(PAID_AT_ONCE).order().click();

      var order = page.awaitOrder();
      page.awaitText("Your order is paid and confirmed");
      page.link("My orders").first().click();
      assertThat(page.link(order)).isVisible();
    }
  }

  @Test
  void a_double_click_orders_once() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      page.order().dblclick();

      assertIsTheOnly(page.awaitOrder(), product);
    }
  }

  @Test
  void an_answer_that_is_lost_and_a_reload_make_no_second_order() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      var reached = new AtomicInteger();
      visit.onPlacing(route -> {
        route.fetch();
        reached.incrementAndGet();
        route.abort();
      });
      page.order().click();
      assertThat(page.page().getByText("Nothing is lost")).isVisible();
      assertThat(reached).hasPositiveValue();

      visit.context().unrouteAll();
      page.page().reload();

      assertIsTheOnly(page.awaitOrder(), product);
    }
  }

  /** One whose status has a meaning to the page, and one of which it knows nothing. */
  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void a_proxys_refusal_after_a_lost_answer_makes_no_second_order(int status) {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      var keys = new ArrayList<String>();
      visit.onPlacing(route -> {
        keys.add(Visit.key(route.request()));
        switch (keys.size()) {
          case 1 -> {
            route.fetch();
            route.abort();
          }
          case 2 ->
              route.fulfill(new FulfillOptions().setStatus(status).setBody("<h1>Refused</h1>"));
          default -> route.resume();
        }
      });
      page.order().click();
      page.awaitText("We do not know yet whether your order arrived.");
      page.awaitText("Trying again does not order twice.");

      page.button("Try again").click();

      assertIsTheOnly(page.awaitOrder(), product);
      // More when the platform itself is busy.
      assertThat(keys).hasSizeGreaterThanOrEqualTo(3).containsOnly(keys.getFirst());
    }
  }

  @Test
  void a_refusal_whose_answer_is_lost_is_asked_about_when_it_comes_again() {
    var product = shop.newProduct(1);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      shop.placed(OrderRequest.of(ShopClient.CAROL, product, 1, OrderRequest.VISA));
      var lost = new AtomicInteger();
      visit.onPlacing(route -> {
        // A busy platform may refuse it for the moment first.
        if (lost.get() != 409) {
          lost.set(route.fetch().status());
          route.abort();
        } else {
          route.resume();
        }
      });
      page.order().click();

      assertThat(page.dialog("Not enough in stock")).containsText("you asked for 1, 0 left");
      assertThat(lost).hasValue(409);
      page.inDialog("Back to the cart").click();
      assertThat(page.link("Check out")).isVisible();
      page.page().reload();
      assertThat(page.link("Check out")).isVisible();
      assertThat(page.page().getByText("still being placed")).not().isVisible();
      assertThat(shop.ordersOf(ShopClient.BOB, product)).isEmpty();
    }
  }

  @Test
  void a_customer_who_stops_waiting_is_shown_what_was_ordered() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      var placed = new AtomicBoolean();
      visit.onPlacing(route -> {
        // A busy platform may refuse it for the moment first.
        if (!placed.get()) {
          placed.set(route.fetch().ok());
        }
        route.abort();
      });
      page.order().click();
      assertThat(page.page().getByText("Nothing is lost")).isVisible();
      var orders =
          await()
              .atMost(SOON)
              .until(() -> shop.ordersOf(ShopClient.BOB, product), ordered -> ordered.size() == 1);
      page.button("Stop waiting").click();
      page.inDialog("Stop waiting and see my orders").click();

      assertThat(page.link(orders.getFirst())).isVisible();
      assertThat(page.page().getByText("still being placed")).not().isVisible();
    }
  }

  @Test
  void offline_loses_nothing_and_says_so() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      visit.context().setOffline(true);
      page.order().click();
      assertThat(page.page().getByText("You are offline.")).isVisible();

      visit.context().setOffline(false);

      assertIsTheOnly(page.awaitOrder(), product);
    }
  }

  @Test
  void busy_answers_are_waited_for_as_told_and_the_key_stays() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      var keys = new ArrayList<String>();
      visit.onPlacing(route -> {
        keys.add(Visit.key(route.request()));
        switch (keys.size()) {
          case 1 -> route.fulfill(problem(503, "UNAVAILABLE"));
          case 2 -> route.fulfill(problem(429, "RATE_LIMITED"));
          default -> route.resume();
        }
      });
      page.order().click();

      page.awaitOrder();
      // More when the platform itself is busy.
      assertThat(keys).hasSizeGreaterThanOrEqualTo(3).containsOnly(keys.getFirst());
    }
  }

  @Test
  void two_tabs_and_the_back_button_make_no_second_order() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var first = atCheckout(visit, ShopClient.BOB, product, 1);
      var second = new ShopPage(visit.tab("/#/checkout"));
      assertThat(second.order()).isEnabled();
      var held = new ArrayList<Route>();
      visit.onPlacing(route -> {
        if (held.isEmpty()) {
          held.add(route);
        } else {
          route.resume();
        }
      });
      first.order().click();
      first.page().waitForCondition(() -> !held.isEmpty());
      second.order().click();
      held.getFirst().resume();

      var order = first.awaitOrder();
      first.page().goBack();

      assertThat(first.order()).not().isVisible();
      assertThat(second.heading("Order " + order).or(second.page().getByText("cart is empty")))
          .isVisible();
      assertIsTheOnly(order, product);
    }
  }

  @Test
  void a_changed_price_is_shown_beside_the_old_one_and_asked_about() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 2);
      var changed =
          shop.as(ShopClient.STAFF)
              .put("/products/" + product.productId() + "/price", Map.of("price", 60_000));
      assertThat(changed.status()).isEqualTo(200);
      page.order().click();

      assertThat(page.dialog("The price has changed")).containsText("50.000 ₫");
      assertThat(page.dialog("The price has changed")).containsText("60.000 ₫");
      assertThat(shop.ordersOf(ShopClient.BOB, product)).isEmpty();
      page.inDialog("Accept and place order").click();

      assertThat(shop.order(ShopClient.BOB, page.awaitOrder()).totalAmount())
          .isEqualByComparingTo("120000");
    }
  }

  @Test
  void what_is_no_longer_sold_is_left_out_when_the_customer_agrees() {
    var product = shop.newProduct(10);
    var other = shop.newProduct(10);
    var path = "/products/" + other.productId();
    try (var visit = visit()) {
      var page = signIns.tab(visit.context(), ShopClient.BOB, "/");
      page.choose(other, 1).choose(product, 1).fillInDetails(PAID_AT_ONCE);
      assertThat(shop.as(ShopClient.STAFF).post(path + "/deactivate", "").status()).isEqualTo(200);
      await().atMost(SOON).until(() -> !shop.anybody().get(path).body().path("active").asBoolean());
      page.order().click();

      assertThat(page.dialog("Not on sale at the moment")).containsText("Kettle");
      page.inDialog("Leave out and order the rest").click();

      assertIsTheOnly(page.awaitOrder(), product);
    }
  }

  @Test
  void of_the_last_pieces_what_is_left_is_offered() {
    var product = shop.newProduct(3);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 3);
      shop.placed(OrderRequest.of(ShopClient.CAROL, product, 1, OrderRequest.VISA));
      page.order().click();

      assertThat(page.dialog("Not enough in stock")).containsText("you asked for 3, 2 left");
      page.inDialog("Take what is left").click();

      page.awaitOrder();
      page.awaitText("Your order is paid and confirmed");
    }
  }

  @Test
  void the_last_piece_goes_to_one_of_two() {
    var product = shop.newProduct(1);
    try (var bobs = visit();
        var carols = visit()) {
      var bob = atCheckout(bobs, ShopClient.BOB, product, 1);
      var carol = atCheckout(carols, ShopClient.CAROL, product, 1);
      bob.order().click();
      bob.awaitText("Your order is paid and confirmed");
      carol.order().click();

      assertThat(carol.dialog("Not enough in stock")).containsText("0 left");
      assertThat(carol.inDialog("Take what is left")).hasCount(0);
      carol.inDialog("Back to the cart").click();
      assertThat(shop.ordersOf(ShopClient.CAROL, product)).isEmpty();
    }
  }

  @Test
  void a_declined_payment_is_said_in_plain_words() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      page.page().getByLabel(DECLINED).check();
      page.order().click();

      page.awaitText("The payment was declined. You were not charged.");
    }
  }

  @Test
  void an_order_that_waits_for_its_payment_can_be_cancelled() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      page.page().getByLabel(SILENT).check();
      page.order().click();
      page.awaitOrder();
      page.button("Cancel order").click();
      page.inDialog("Cancel order").click();

      page.awaitText("This order was cancelled");
      page.awaitText("You cancelled this order.");
    }
  }

  @Test
  void an_order_is_followed_while_the_query_side_that_streams_it_is_killed() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.BOB, product, 1);
      page.page().getByLabel(SLOW).check();
      // Or else it may be paid before the page follows it.
      var saga = platform.cluster().service("saga").pid();
      Processes.freeze(saga);
      try {
        page.order().click();
        page.awaitOrder();
        assertThat(page.page().getByText("Following live")).isVisible();
        Processes.kill(platform.cluster().service("query-side").pid());
      } finally {
        Processes.thaw(saga);
      }

      page.awaitText("Your order is paid and confirmed");
    }
  }

  @Test
  void orders_are_found_by_their_status_and_page_by_page() {
    var product = shop.newProduct(100);
    var paid =
        shop.awaitFinal(
            shop.placed(OrderRequest.of(ShopClient.CAROL, product, 1, OrderRequest.VISA)));
    for (var placed = 2; placed <= ORDERS_ON_A_PAGE; placed++) {
      shop.placed(OrderRequest.of(ShopClient.CAROL, product, 1, OrderRequest.VISA));
    }
    var declined =
        shop.awaitFinal(
            shop.placed(OrderRequest.of(ShopClient.CAROL, product, 1, OrderRequest.DECLINED)));
    // The last one may be seen before those that were placed just before it.
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(shop.ordersOf(ShopClient.CAROL, product)).hasSize(ORDERS_ON_A_PAGE + 1));
    try (var visit = visit()) {
      var page = signIns.tab(visit.context(), ShopClient.CAROL, "/");
      page.link("My orders").first().click();
      assertThat(page.link(declined.orderId())).isVisible();
      assertThat(page.link(paid.orderId())).hasCount(0);
      page.link("Next page").click();
      assertThat(page.link(paid.orderId())).isVisible();
      assertThat(page.link(declined.orderId())).hasCount(0);

      page.page().getByLabel("Status").selectOption("Cancelled");
      assertThat(page.link(declined.orderId())).isVisible();
      assertThat(page.link(paid.orderId())).hasCount(0);
      page.page().getByLabel("Status").selectOption("Confirmed");
      assertThat(page.link(declined.orderId())).hasCount(0);
      assertThat(page.link("ORD-").first()).isVisible();
    }
  }

  @Test
  void what_is_stored_is_shown_and_deleted_even_from_an_order_that_is_still_to_be_sent() {
    var product = shop.newProduct(10);
    try (var visit = visit()) {
      var page = atCheckout(visit, ShopClient.CAROL, product, 1);
      page.order().click();
      page.awaitOrder();
      page.link("Account: carol").click();
      page.button("Show my data").click();
      page.awaitText("anh@example.org");

      visit.onPlacing(Route::abort);
      page.choose(product, 1).fillInDetails(PAID_AT_ONCE).order().click();
      assertThat(page.page().getByText("Nothing is lost")).isVisible();
      page.link("Account: carol").click();
      page.button("Delete my data").click();
      page.inDialog("Delete for good").click();
      page.awaitText("Your data is deleted.");
      visit.context().unrouteAll();
      assertThat(page.page().getByText("Your order is placed.")).isVisible();

      page.button("Show my data").click();
      page.awaitText("No contact details are stored.");
    }
  }

  private Visit visit() {
    return Visit.in("en-US", browser, platform);
  }

  private ShopPage atCheckout(Visit visit, String user, Product product, int quantity) {
    return signIns
        .tab(visit.context(), user, "/")
        .choose(product, quantity)
        .fillInDetails(PAID_AT_ONCE);
  }

  /** No other order of bob's took a piece of the ten, or is in his list. */
  private void assertIsTheOnly(String orderId, Product product) {
    shop.awaitFinal(shop.order(ShopClient.BOB, orderId));
    assertThat(shop.stock(product.productId()).available()).isEqualTo(9);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(shop.ordersOf(ShopClient.BOB, product)).containsExactly(orderId));
  }

  private static FulfillOptions problem(int status, String code) {
    return new FulfillOptions()
        .setStatus(status)
        .setContentType("application/problem+json")
        .setHeaders(Map.of("Retry-After", "1"))
        .setBody("{\"status\":%d,\"code\":\"%s\"}".formatted(status, code));
  }
}
