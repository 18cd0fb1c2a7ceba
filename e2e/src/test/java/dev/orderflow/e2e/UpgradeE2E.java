package dev.orderflow.e2e;

import static dev.orderflow.e2e.shop.ShopClient.ALICE;
import static dev.orderflow.e2e.shop.ShopClient.STAFF;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.e2e.platform.LocalPlatform;
import dev.orderflow.e2e.platform.Setup;
import dev.orderflow.e2e.shop.Order;
import dev.orderflow.e2e.shop.OrderRequest;
import dev.orderflow.e2e.shop.ProjectionClient;
import dev.orderflow.e2e.shop.ShopClient;
import dev.orderflow.e2e.shop.Stock;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an earlier version has written is carried on. Its data and its answers are resources; how
 * they were made is said beside them.
 */
@RunsOn(Setup.IMPATIENT)
class UpgradeE2E {
  private static final Duration SOON = Duration.ofSeconds(90);

  /** Of products whose orders and reservations were open. */
  private static final Set<String> OPEN = Set.of("PROD-WAITING", "PROD-OVERDUE", "PROD-RESERVED");

  private final LocalPlatform platform;
  private final ShopClient shop;
  private final List<Earlier> answers;

  /**
   * An answer of the earlier version.
   *
   * @param etag empty when it had none
   */
  private record Earlier(String path, String user, String etag, JsonNode body) {
    boolean isSettled() {
      return !OPEN.contains(body.path("productId").asString(""))
          && !body.path("status").asString("").equals("PENDING");
    }
  }

  UpgradeE2E(LocalPlatform platform) throws IOException {
    this.platform = platform;
    shop = platform.shop();
    try (var file = getClass().getResourceAsStream("/upgrade/answers.json")) {
      answers = List.of(JsonMapper.shared().readValue(file, Earlier[].class));
    }
  }

  @Test
  void what_was_settled_is_answered_as_before() {
    assertThat(answers)
        .filteredOn(Earlier::isSettled)
        .hasSize(12)
        .allSatisfy(this::isAnsweredStill);
  }

  private void isAnsweredStill(Earlier before) {
    var now = shop.as(before.user()).get(before.path());
    assertThat(now.status()).as("%s", now).isEqualTo(200);
    assertThat(now.body().properties()).containsAll(before.body().properties());
    assertThat(versionOf(now.header("ETag"))).isEqualTo(versionOf(before.etag()));
  }

  /** Tags of products had another form once; the version in them goes on. */
  private static String versionOf(String tag) {
    return tag.replaceAll("v|\\d+-|\"", "");
  }

  @Test
  void what_is_overdue_is_given_up_and_its_stock_comes_back() {
    var order = shop.awaitFinal(earlier("overdue"));

    assertThat(order.status()).isEqualTo("CANCELLED");
    assertThat(order.cancelReason()).isEqualTo("PAYMENT_TIMEOUT");
    shop.awaitStock(new Stock("PROD-OVERDUE", 10, 0, 0));
    shop.awaitStock(new Stock("PROD-RESERVED", 10, 0, 0));
  }

  @Test
  void orders_go_on_where_they_stood() {
    var cancelled = earlier("by-customer");
    assertThat(shop.as(ALICE).post("/orders/" + cancelled.orderId() + "/cancel", "").status())
        .isEqualTo(202);
    assertThat(shop.awaitFinal(cancelled).cancelReason()).isEqualTo("CUSTOMER_REQUEST");

    var confirmed = shop.awaitFinal(earlier("in-payment"));

    assertThat(confirmed.status()).isEqualTo("CONFIRMED");
    shop.awaitStock(new Stock("PROD-WAITING", 8, 0, 2));
    await("the customer is told, under the address of before")
        .atMost(SOON)
        .until(() ->
            platform.mails().stream()
                .anyMatch(mail ->
                    mail.contains("alice@example.com")
                        && mail.contains(confirmed.orderId())
                        && mail.contains("confirmed")));
  }

  @Test
  void a_request_of_before_is_answered_with_its_order() {
    var again = shop.place(request(key("confirmed"), "PROD-SETTLED", "50000", 1));

    assertThat(again.status()).as("%s", again).isEqualTo(200);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.order()).isEqualTo(earlier("confirmed"));
  }

  @Test
  void products_of_before_change_and_are_sold() {
    var changed =
        shop.as(STAFF)
            .put("/products/PROD-OPEN/price", Map.of("price", 51_000), "If-Match", "\"1\"");

    assertThat(changed.status()).as("%s", changed).isEqualTo(200);
    var order = shop.placed(request(OrderRequest.newKey(ALICE), "PROD-OPEN", "51000", 2));
    assertThat(shop.awaitFinal(order).status()).isEqualTo("CONFIRMED");
    shop.awaitStock(new Stock("PROD-OPEN", 8, 0, 2));
  }

  @Test
  void snapshots_of_before_say_what_they_said() throws SQLException {
    assertThat(snapshots()).contains("product-PROD-PRICED", "stock-PROD-SETTLED");

    var priced =
        shop.as(STAFF)
            .put("/products/PROD-PRICED/price", Map.of("price", 56_000), "If-Match", "\"7\"");
    var tooMany =
        shop.place(OrderRequest.of(ALICE, shop.product("PROD-SETTLED"), 11, OrderRequest.VISA));

    assertThat(priced.status()).as("%s", priced).isEqualTo(200);
    assertThat(tooMany.code()).isEqualTo("INSUFFICIENT_STOCK");
    assertThat(tooMany.body().path("shortages").path(0).path("available").asInt()).isEqualTo(10);
  }

  /** The streams that have one. */
  private List<String> snapshots() throws SQLException {
    return column("SELECT aggregate_id FROM command_side.snapshot_event");
  }

  @Test
  void projections_that_are_rebuilt_from_events_of_before_are_the_same() throws SQLException {
    var projections = new ProjectionClient(shop);
    var products = settledRows("product_view", "product_id");
    var orders = settledRows("order_view", "order_id");
    var generations = projections.generations();

    projections.rebuild();

    projections.awaitRebuilt(generations);
    assertThat(settledRows("product_view", "product_id")).isNotEmpty().isEqualTo(products);
    assertThat(settledRows("order_view", "order_id")).isNotEmpty().isEqualTo(orders);
    what_was_settled_is_answered_as_before();
  }

  /** Read from the table itself, because a cache would not notice. */
  private List<String> settledRows(String table, String id) throws SQLException {
    var settled =
        answers.stream()
            .filter(Earlier::isSettled)
            .map(answer -> answer.path().substring(answer.path().lastIndexOf('/') + 1))
            .collect(joining(","));
    return column(
        "SELECT to_jsonb(view) FROM query_side.%s AS view WHERE %s = ANY (string_to_array('%s', ',')) ORDER BY 1"
            .formatted(table, id, settled));
  }

  private List<String> column(String query) throws SQLException {
    var postgres = platform.cluster().postgres();
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var rows = connection.createStatement().executeQuery(query)) {
      var column = new ArrayList<String>();
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    }
  }

  /** As it stood. */
  private Order earlier(String name) {
    return answers.stream()
        .map(Earlier::body)
        .filter(body -> body.path("version").asString("").equals(key(name)))
        .map(body -> JsonMapper.shared().treeToValue(body, Order.class))
        .findFirst()
        .orElseThrow();
  }

  private static String key(String name) {
    return "alice_20261123000000_" + name;
  }

  private static OrderRequest request(String key, String product, String price, long priceVersion) {
    var item = new OrderRequest.Item(product, 2, new BigDecimal(price), priceVersion);
    return new OrderRequest(key, List.of(item), OrderRequest.VISA, null, null);
  }
}
