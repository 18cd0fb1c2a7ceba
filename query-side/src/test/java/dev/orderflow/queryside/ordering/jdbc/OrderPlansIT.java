package dev.orderflow.queryside.ordering.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.api.ordering.OrderStatus;
import dev.orderflow.api.ordering.UserId;
import dev.orderflow.queryside.ordering.model.OrderSelection;
import dev.orderflow.queryside.testing.Plan;
import dev.orderflow.queryside.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * No way to ask for orders makes the database look at all of them, or at a good part of them. The
 * orders are a second apart. One in ten is a reseller's, one in five has the best seller, one in
 * twenty of the older half has a product that is no longer sold; one in ten is cancelled, and only
 * the last hundred are pending.
 */
class OrderPlansIT {
  private static final int ROWS = Integer.getInteger("orderflow.plans.rows", 50_000);
  private static final int PAGE = 21;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static DataSource dataSource;

  @BeforeAll
  static void fill() {
    dataSource = new TestDatabase().migrated();
    var jdbc = new JdbcTemplate(dataSource);
    jdbc.update(
        """
        INSERT INTO order_view (order_id, user_id, lines, total, currency, version, status,
          created_at, updated_at, order_sequence)
        SELECT 'ORD-' || md5(n::text),
          CASE WHEN n %% 10 = 0 THEN 'reseller' ELSE 'user-' || n %% (%1$d / 50) END,
          jsonb_build_array(jsonb_build_object('quantity', 1 + n %% 3, 'price', 1000 * (n %% 7),
            'productId', CASE
              WHEN n %% 5 = 1 THEN 'BEST-SELLER'
              WHEN n %% 20 = 2 AND n < %1$d / 2 THEN 'NO-LONGER-SOLD'
              WHEN n %% (%1$d / 10) = 3 THEN 'RARE'
              ELSE 'PROD-' || n %% 1000 END)),
          1000, 'VND', 'u_20260101000000_' || n,
          CASE WHEN n > %1$d - 100 THEN 'PENDING' WHEN n %% 10 = 7 THEN 'CANCELLED'
            ELSE 'CONFIRMED' END,
          timestamptz '%2$s' + n * interval '1 second', now(), 1
        FROM generate_series(1, %1$d) AS n\
        """
            .formatted(ROWS, START));
    jdbc.execute("VACUUM ANALYZE order_view");
  }

  static Stream<Arguments> selections() {
    var reseller = "reseller";
    var from = START.plusSeconds(ROWS / 3);
    var to = START.plusSeconds(ROWS / 2);
    return Stream.of(
        way("all", null, null, null, null, null),
        way("placed in a time", null, null, null, from, to),
        way("a customer", "user-7", null, null, null, null),
        way("a customer and a time", reseller, null, null, from, to),
        way("a customer with much, pending", reseller, null, OrderStatus.PENDING, null, null),
        way("a customer with much, cancelled", reseller, null, OrderStatus.CANCELLED, null, null),
        way("confirmed", null, null, OrderStatus.CONFIRMED, null, null),
        way("pending", null, null, OrderStatus.PENDING, null, null),
        way("pending long ago", null, null, OrderStatus.PENDING, null, to),
        way("cancelled in a time", null, null, OrderStatus.CANCELLED, from, to),
        way("the best seller", null, "BEST-SELLER", null, null, null),
        way("a product", null, "PROD-4", null, null, null),
        way("a rare product", null, "RARE", null, null, null),
        way("a product of long ago and a time", null, "NO-LONGER-SOLD", null, null, to),
        way("a product that nobody has ordered", null, "NOBODY-S", null, null, null),
        way("a rare product, cancelled", null, "RARE", OrderStatus.CANCELLED, null, null),
        way("a customer and a product", reseller, "RARE", null, null, null),
        way("a customer and another product", "user-7", "BEST-SELLER", null, null, null));
  }

  private static Arguments way(
      String name,
      @Nullable String user,
      @Nullable String product,
      @Nullable OrderStatus status,
      @Nullable Instant from,
      @Nullable Instant to) {
    return Arguments.of(
        name,
        new OrderSelection(
            null,
            user == null ? null : new UserId(user),
            product == null ? null : new ProductId(product),
            status,
            from,
            to));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("selections")
  void a_page_is_found_by_an_index(String name, OrderSelection selection) {
    for (var place :
        new OrderPlace[] {
          OrderPlace.FIRST, OrderPlace.before(START.plusSeconds(ROWS / 2 - ROWS / 10))
        }) {
      var plan = explain(selection, place);

      System.out.printf("%s%s: %s%n", name, place == OrderPlace.FIRST ? "" : ", later", plan);
      assertThat(plan.scans()).as(plan.text()).noneMatch(scan -> scan.startsWith("Seq Scan"));
      assertThat(plan.rowsLookedAt()).as(plan.text()).isLessThan(Math.max(ROWS / 40, 6_000));
    }
  }

  /**
   * Most that is looked at for nothing: all orders of the product, of which one in twenty had it.
   */
  @Test
  void a_product_that_sold_well_long_ago_is_found_by_its_index() {
    var selection =
        new OrderSelection(null, null, new ProductId("NO-LONGER-SOLD"), null, null, null);

    var plan = explain(selection, OrderPlace.FIRST);

    System.out.println("a product of long ago: " + plan);
    assertThat(plan.scans()).noneMatch(scan -> scan.startsWith("Seq Scan"));
    assertThat(plan.rowsLookedAt()).isLessThan(ROWS / 10);
  }

  @Test
  void an_order_is_found_by_its_id() {
    var selection =
        new OrderSelection(
            new OrderId("ORD-" + "0".repeat(32)), null, new ProductId("RARE"), null, null, null);

    assertThat(explain(selection, OrderPlace.FIRST).rowsLookedAt()).isLessThan(2);
  }

  private static Plan explain(OrderSelection selection, OrderPlace place) {
    var plans = new Plan(List.of(), 0, 0, 0, "");
    for (var query : OrderQuery.inTurn("*", selection, place, PAGE)) {
      plans = plans.and(Plan.of(dataSource, query.sql(), query.parameters()));
      if (plans.rowsFound() == PAGE) {
        break;
      }
    }
    return plans;
  }
}
