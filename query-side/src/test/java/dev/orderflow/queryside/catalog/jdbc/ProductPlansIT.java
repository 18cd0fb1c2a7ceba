package dev.orderflow.queryside.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.queryside.testing.Plan;
import dev.orderflow.queryside.testing.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** No search makes the database look at all products, or at a good part of them. */
class ProductPlansIT {
  private static final int ROWS = Integer.getInteger("orderflow.plans.rows", 50_000);
  private static final int PAGE = 21;

  private static DataSource dataSource;

  /** One in seven is a dripper, one in a thousand is of the same make, all are for coffee. */
  @BeforeAll
  static void fill() {
    dataSource = new TestDatabase().migrated();
    var jdbc = new JdbcTemplate(dataSource);
    jdbc.update(
        """
        INSERT INTO product_view (product_id, name, description, price, currency, price_version,
          active, product_sequence)
        SELECT 'PROD-' || md5(n::text),
          CASE WHEN n %% 7 = 0 THEN 'Phin' ELSE 'Ly' END || ' cà phê Hãng' || n %% 1000
            || ' số ' || n,
          '', 1000, 'VND', 1, true, 0
        FROM generate_series(1, %d) AS n\
        """
            .formatted(ROWS));
    jdbc.execute("VACUUM ANALYZE product_view");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one of its kind,      hang7 4007",
    "its number alone,     4007",
    "all,                  ca phe",
    "the beginning of all, c",
    "one in seven,         phin",
    "one in a thousand,    hãng7",
    "none,                 kettle"
  })
  void a_page_is_found_by_an_index(String name, String text) {
    for (var last : List.of("", "PROD-8")) {
      var plan = Plan.of(dataSource, ProductViewTable.FIND, List.of(text, last, PAGE));

      System.out.printf("products, %s%s: %s%n", name, last.isEmpty() ? "" : ", later", plan);
      assertThat(plan.scans()).as(plan.text()).noneMatch(scan -> scan.startsWith("Seq Scan"));
      assertThat(plan.rowsLookedAt()).as(plan.text()).isLessThan(Math.max(ROWS / 50, 2_000));
    }
  }
}
