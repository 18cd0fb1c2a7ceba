package dev.orderflow.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.orderflow.e2e.RunsOn;
import dev.orderflow.e2e.platform.PlatformUnderTest;
import dev.orderflow.e2e.platform.Processes;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.ForgedRecords;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.Product;
import dev.orderflow.e2e.shop.ShopClient;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What operators see of the platform, and what they do about it, without a reload. */
@InBrowser
@RunsOn(Setup.FORGED_RECORDS)
class ConsoleBrowserE2E {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Predicate<Response> LETTERS =
      response -> response.url().contains("/admin/dead-letters?");

  private final PlatformUnderTest platform;
  private final Browser browser;
  private final ShopClient shop;
  private final SignIns signIns = new SignIns();
  private Product product;

  ConsoleBrowserE2E(PlatformUnderTest platform, Browser browser) {
    this.platform = platform;
    this.browser = browser;
    this.shop = platform.shop();
  }

  @BeforeAll
  void there_is_enough_for_everybody() {
    product = shop.newProduct(100);
  }

  @Test
  void an_order_is_found_by_its_id_and_its_journey_read() {
    var order = shop.awaitFinal(placed(OrderRequest.VISA));
    await("the view has it").atMost(SOON).until(() -> found(order));
    try (var visit = visit()) {
      var page = staff(visit, "/console#/orders");
      page.page().getByLabel("Order ID").fill(order.orderId());
      page.button("Search").click();
      page.link(order.orderId()).click();

      assertThat(page.heading("Order " + order.orderId())).isVisible();
      assertThat(page.page().getByRole(AriaRole.STATUS).first()).containsText("Confirmed");
      assertThat(entry(page, "OrderConfirmedEvent")).isVisible();
      var placed = entry(page, "OrderPlacedEvent");
      placed.getByText("Payload").click();
      assertThat(placed.locator("pre")).containsText(product.productId());

      page.page().goBack();

      assertThat(page.page().getByLabel("Order ID")).hasValue(order.orderId());
    }
  }

  @Test
  void the_trace_of_an_order_is_shown_as_a_waterfall() {
    var order = followed();
    try (var visit = visit()) {
      var page = staff(visit, "/console#/orders/" + order.orderId());

      var steps = page.page().locator(".waterfall > li");
      assertThat(steps.filter(new Locator.FilterOptions().setHasText("command-side")).first())
          .isVisible();
      assertThat(steps.filter(new Locator.FilterOptions().setHasText("saga")).first()).isVisible();
    }
  }

  @Test
  void an_order_is_followed_live_through_a_decline() {
    var saga = platform.cluster().pids().get("saga-1");
    try (var visit = visit()) {
      var page = staff(visit, "/console#/overview");
      Processes.freeze(saga);
      try {
        var order = placed(OrderRequest.DECLINED);
        await("the view has it").atMost(SOON).until(() -> found(order));
        page.page().navigate("/console#/orders/" + order.orderId());
        assertThat(page.page().getByRole(AriaRole.STATUS).first()).containsText("Pending");
      } finally {
        Processes.thaw(saga);
      }

      page.awaitText("The payment was declined.");
      assertThat(entry(page, "OrderCancelledEvent")).isVisible();
    }
  }

  @Test
  void a_journey_is_told_without_the_query_side_and_says_what_is_missing() {
    var order = shop.awaitFinal(placed(OrderRequest.VISA));
    var querySide = platform.cluster().pids().get("query-side-1");
    try (var visit = visit()) {
      var page = staff(visit, "/console#/overview");
      Processes.freeze(querySide);
      try {
        page.page().navigate("/console#/orders/" + order.orderId());

        page.awaitText("The part of query-side is missing.");
        assertThat(page.page().getByRole(AriaRole.STATUS).first()).containsText("Confirmed");
        assertThat(entry(page, "OrderPlacedEvent")).isVisible();
      } finally {
        Processes.thaw(querySide);
      }

      assertThat(page.page().getByRole(AriaRole.STATUS).first()).containsText("alice");
      page.button("Refresh").click();
      assertThat(page.page().getByRole(AriaRole.MAIN)).not().containsText("is missing");
    }
  }

  @Test
  void a_dead_letter_is_sent_on_and_what_happened_then_is_seen() {
    try (var forged = forged();
        var visit = visit()) {
      var order = placed(OrderRequest.SLOW);
      forged.send(
          "payment-outcomes",
          "payment.PaymentCompletedEvent",
          order.orderId(),
          order.orderId().replace("ORD-", "PAY-"),
          """
          {"orderId":"%s","paymentId":"%s","amount":1.0,"currency":"VND","status":"SUCCESS","reason":"forged"\
          """
              .formatted(order.orderId(), order.orderId().replace("ORD-", "PAY-")));
      var id = awaitLetter(order.orderId()).path("id").asString();
      assertThat(shop.awaitFinal(order).status()).isEqualTo("CONFIRMED");
      var page = staff(visit, "/console#/letters");
      page.button("Retry: order-saga " + id).click();

      var handled = handled(page);
      assertThat(handled).containsText("order-saga " + id);
      assertThat(handled).containsText("was retried (admin)");
      assertThat(handled).containsText("Done");
      assertThat(page.button("Retry: order-saga " + id)).hasCount(0);
    }
  }

  @Test
  void a_dead_letter_is_discarded_with_a_reason() {
    var key = "ORD-" + UUID.randomUUID();
    try (var forged = forged();
        var visit = visit()) {
      forged.send("orders", "ordering.NoSuchEvent", key, key, "{\"orderId\":\"" + key + "\"");
      var letter = awaitLetter(key);
      var name = nameOf(letter);
      var page = staff(visit, "/console#/letters");
      page.button("Discard: " + name).click();
      page.inDialog("Discard").click();
      assertThat(page.dialog("Discard this letter?")).isVisible();
      assertThat(page.dialog("Discard this letter?")).containsText(name);
      assertThat(page.dialog("Discard this letter?")).containsText(letter.path("cause").asString());
      page.page().getByLabel("Reason").fill("An unknown record");
      page.inDialog("Discard").click();

      assertThat(handled(page)).containsText("Discarded");
      assertThat(handled(page)).containsText("An unknown record");
      assertThat(page.button("Discard: " + name)).hasCount(0);
    }
  }

  @Test
  void a_reason_of_nothing_but_blanks_is_refused_in_the_dialog() {
    var key = "ORD-" + UUID.randomUUID();
    try (var forged = forged();
        var visit = visit()) {
      forged.send("orders", "ordering.NoSuchEvent", key, key, "{\"orderId\":\"" + key + "\"");
      var page = staff(visit, "/console#/letters");
      page.button("Discard: " + nameOf(awaitLetter(key))).click();
      var reason = page.page().getByLabel("Reason");
      reason.fill("   ");
      page.inDialog("Discard").click();

      assertThat(page.dialog("Discard this letter?")).isVisible();
      assertThat(reason.evaluate("field => field.validationMessage")).isEqualTo("Give a reason.");
    }
  }

  /** The list is looked at again every few seconds, and that succeeds. */
  @Test
  void how_an_action_has_failed_stays_in_sight() {
    var key = "ORD-" + UUID.randomUUID();
    try (var forged = forged();
        var visit = visit()) {
      forged.send("orders", "ordering.NoSuchEvent", key, key, "{\"orderId\":\"" + key + "\"");
      var letter = awaitLetter(key);
      var page = staff(visit, "/console#/letters");
      page.button("Discard: " + nameOf(letter)).click();
      page.page().getByLabel("Reason").fill("Too late");
      var gone = "/admin/dead-letters/" + letter.path("id").asString() + "?reason=Before";
      assertThat(shop.as(ShopClient.STAFF).delete(gone).status()).isEqualTo(202);
      page.inDialog("Discard").click();

      var failure = page.page().getByRole(AriaRole.ALERT);
      assertThat(failure).containsText("Nothing was found here.");
      for (var times = 0; times < 3; times++) {
        page.page().waitForResponse(LETTERS, () -> {});
      }
      assertThat(failure).containsText("Nothing was found here.");
    }
  }

  @Test
  void all_of_a_cause_are_retried_only_where_all_are_shown() {
    var key = "ORD-" + UUID.randomUUID();
    try (var forged = forged();
        var visit = visit()) {
      forged.send("orders", "ordering.NoSuchEvent", key, key, "{\"orderId\":\"" + key + "\"");
      var name = nameOf(awaitLetter(key));
      var page = staff(visit, "/console#/letters");
      assertThat(page.button("Retry all of this cause: " + name)).isVisible();

      page.page().getByLabel("State").selectOption("Waiting");

      assertThat(page.button("Retry all of this cause: " + name)).hasCount(0);
      assertThat(page.button("Retry: " + name)).isVisible();
      page.page().goBack();
      assertThat(page.page().getByLabel("State")).hasValue("");
    }
  }

  @Test
  void a_view_is_rebuilt_and_watched_to_the_end() {
    try (var visit = visit()) {
      var page = staff(visit, "/console#/projections");
      var panel =
          page.page()
              .getByRole(
                  AriaRole.REGION,
                  new Page.GetByRoleOptions().setName(Pattern.compile("order-view")));
      var generation = panel.locator("dd").first();
      var before = generation.innerText();
      page.button("Rebuild: order-view").click();

      assertThat(generation).not().hasText(before);
      assertThat(panel.getByText("Live")).isVisible();
      assertThat(page.button("Rebuild: order-view")).isEnabled();
      page.button("Compare: order-view").click();
      assertThat(panel).containsText("Equal to a replay");
    }
  }

  /** The test holds the lock of every generation, so that the build never begins. */
  @Test
  void a_rebuild_is_given_up_and_the_view_stays_as_it_was() throws SQLException {
    var postgres = platform.cluster().postgres();
    try (var visit = visit();
        var database =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = database.createStatement()) {
      statement.execute(
          """
          SELECT pg_advisory_lock(hashtext('product-view'), generation)
          FROM generate_series(1, 100) AS generation\
          """);
      var page = staff(visit, "/console#/projections");
      var panel =
          page.page()
              .getByRole(
                  AriaRole.REGION,
                  new Page.GetByRoleOptions().setName(Pattern.compile("product-view")));
      var generation = panel.locator("dd").first();
      var before = generation.innerText();
      page.button("Rebuild: product-view").click();
      assertThat(panel).containsText("is being built.");
      assertThat(page.button("Rebuild: product-view")).isDisabled();

      page.button("Give up: product-view").click();

      assertThat(page.button("Rebuild: product-view")).isEnabled();
      assertThat(page.button("Give up: product-view")).hasCount(0);
      assertThat(generation).hasText(before);
      assertThat(panel.getByText("Live")).isVisible();
    }
  }

  @Test
  void a_check_leads_to_its_paragraph_of_the_manual() {
    try (var visit = visit()) {
      var page = staff(visit, "/console#/overview");
      var link = page.page().getByRole(AriaRole.MAIN).getByText("What to do").first();
      var anchor = link.getAttribute("href").replaceFirst(".*#", "#");
      link.click();

      assertThat(page.page().locator(anchor)).isVisible();
    }
  }

  @Test
  void events_are_told_as_they_come_filtered_and_paused() {
    try (var visit = visit()) {
      var page = staff(visit, "/console#/events");
      page.awaitText("Following live");
      var order = placed(OrderRequest.VISA);
      assertThat(page.link(order.orderId()).first()).isVisible();

      page.page().getByLabel("Kind of event").fill("OrderCancelledEvent");
      page.button("Filter").click();
      assertThat(page.page().locator(".tail > li")).hasCount(0);
      page.awaitText("Following live");
      var declined = shop.awaitFinal(placed(OrderRequest.DECLINED));
      assertThat(page.page().locator(".tail strong")).hasText("OrderCancelledEvent");
      assertThat(page.link(declined.orderId())).isVisible();

      page.button("Pause").click();
      shop.awaitFinal(placed(OrderRequest.DECLINED));
      page.button("Resume (1)").click();
      assertThat(page.page().locator(".tail > li")).hasCount(2);
    }
  }

  @Test
  void the_stock_adds_up_to_what_was_received() {
    shop.awaitFinal(placed(OrderRequest.VISA));
    try (var visit = visit()) {
      var page = staff(visit, "/console#/stock/" + product.productId());
      page.awaitText("100 = ");
      page.button("Check against the receipts").click();
      page.awaitText("It holds: the receipts add up to 100");
      page.link("stock-" + product.productId()).click();

      page.awaitText("#0 StockReceivedEvent");
    }
  }

  @Test
  void what_staff_do_is_on_record() {
    try (var visit = visit()) {
      var page = staff(visit, "/console#/projections");
      page.button("Compare: product-view").click();
      page.awaitText("to a replay");
      page.link("Record").click();

      page.awaitText("POST /admin/projections/product-view/comparison");
    }
  }

  @Test
  void the_payment_provider_is_made_to_decline_and_mended() {
    try (var visit = visit()) {
      var page = staff(visit, "/console#/demo");
      page.button("Declining").click();
      assertThat(page.page().locator("[aria-pressed=true]")).hasText("Declining");
      try {
        assertThat(shop.awaitFinal(placed(OrderRequest.VISA)).status()).isEqualTo("CANCELLED");
      } finally {
        page.button("Normal").click();
        assertThat(page.page().locator("[aria-pressed=true]")).hasText("Normal");
      }
    }
  }

  @Test
  void an_instance_is_stopped_and_started() {
    try (var visit = visit()) {
      var page = staff(visit, "/console#/demo");
      page.button("Stop: saga-1").click();
      assertThat(page.dialog("Stop saga-1?")).isVisible();
      page.inDialog("Stop").click();
      try {
        assertThat(page.button("Start: saga-1")).isVisible();
        assertThat(page.button("Stop: saga-1")).hasCount(0);
        page.button("Start: saga-1").click();

        assertThat(page.button("Start: saga-1")).hasCount(0);
        assertThat(page.button("Stop: saga-1")).isVisible();
      } finally {
        // The other tests need it.
        shop.as(ShopClient.STAFF).post("/admin/demo/instances/saga/1/start", "");
      }
    }
  }

  @Test
  void a_sale_is_begun_its_orders_counted_and_it_is_ended() {
    try (var visit = visit()) {
      var page = staff(visit, "/console#/demo");
      page.page().getByLabel("Orders a second").fill("5");
      page.page().getByLabel("Seconds").fill("300");
      page.button("Start the sale").click();

      assertThat(page.page().getByRole(AriaRole.STATUS).first())
          .containsText(Pattern.compile("Orders sent: [1-9]\\d*\\. Taken: [1-9]"));
      assertThat(page.button("Start the sale")).isDisabled();
      page.button("End the sale").click();

      assertThat(page.button("Start the sale")).isEnabled();
      assertThat(page.button("End the sale")).hasCount(0);
    }
  }

  @Test
  void a_deep_link_survives_the_sign_in() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab("/console#/projections"));
      page.awaitText("This page is for staff.");
      page.signIn(ShopClient.STAFF);

      assertThat(page.heading("Projections")).isVisible();
    }
  }

  @Test
  void customers_are_refused_in_words() {
    try (var visit = visit()) {
      var page = new ShopPage(visit.tab("/console")).signIn(ShopClient.ALICE);

      page.awaitText("You are signed in as alice, and this account is not one of staff.");
      assertThat(page.link("Projections")).hasCount(0);
      page.link("The shop").first().click();
      assertThat(page.link("Account: alice")).isVisible();
    }
  }

  private static String nameOf(JsonNode letter) {
    return letter.path("source").asString() + " " + letter.path("id").asString();
  }

  /** The first entry of this name on a journey. */
  private static Locator entry(ShopPage page, String name) {
    return page.page()
        .locator(".timeline > li")
        .filter(
            new Locator.FilterOptions()
                .setHas(page.page().locator("strong", new Page.LocatorOptions().setHasText(name))))
        .first();
  }

  private Order placed(String paymentMethod) {
    return shop.placed(OrderRequest.of(ShopClient.ALICE, product, 1, paymentMethod));
  }

  /** Not every order is. */
  private Order followed() {
    return await("an order is followed")
        .atMost(SOON)
        .until(() -> shop.awaitFinal(placed(OrderRequest.VISA)), this::isFollowed);
  }

  private boolean isFollowed(Order order) {
    return !shop.as(ShopClient.STAFF)
        .get("/admin/traces?key=" + order.orderId())
        .body()
        .path("traces")
        .isEmpty();
  }

  private boolean found(Order order) {
    return !shop.as(ShopClient.STAFF)
        .get("/admin/orders?orderId=" + order.orderId())
        .body()
        .path("orders")
        .isEmpty();
  }

  private JsonNode awaitLetter(String content) {
    return await("a letter about " + content)
        .atMost(SOON)
        .until(
            () ->
                shop.as(ShopClient.STAFF)
                    .get("/admin/dead-letters?pageSize=100")
                    .body()
                    .path("deadLetters")
                    .valueStream()
                    .filter(letter -> letter.path("payload").asString().contains(content))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static Locator handled(ShopPage page) {
    return page.page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Handled just now"));
  }

  private ForgedRecords forged() {
    return new ForgedRecords(platform.cluster().kafka().bootstrapServers());
  }

  private ShopPage staff(Visit visit, String path) {
    var page = signIns.tab(visit.context(), ShopClient.STAFF, path);
    assertThat(page.link("Account: admin")).isVisible();
    return page;
  }

  private Visit visit() {
    return Visit.in("en-US", browser, platform);
  }
}
