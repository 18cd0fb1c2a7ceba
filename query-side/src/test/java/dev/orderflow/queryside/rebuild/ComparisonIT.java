package dev.orderflow.queryside.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.queryside.rebuild.ComparisonOutcome.State;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import dev.orderflow.queryside.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ComparisonIT {
  private static final int BUILT = 2;

  private final JdbcTemplate jdbc = new JdbcTemplate(new TestDatabase().migrated());
  private final ProductsOnly products = new ProductsOnly();
  private final Comparison comparison = new Comparison(JdbcClient.create(jdbc));

  @BeforeEach
  void start() {
    new Generations(
            JdbcClient.create(jdbc),
            new TransactionTemplate(new JdbcTransactionManager(jdbc.getDataSource())))
        .start(products, Purpose.COMPARISON);
  }

  @Test
  void the_same_rows_are_equal() {
    rows("product_view", "A", 50_000);
    rows("product_view_g2", "A", 50_000);

    assertThat(outcome()).isEqualTo(new ComparisonOutcome(BUILT, State.EQUAL, 50_000, 0, null));
  }

  @Test
  void two_views_without_rows_are_equal() {
    assertThat(outcome()).isEqualTo(new ComparisonOutcome(BUILT, State.EQUAL, 0, 0, null));
  }

  @Test
  void of_rows_that_say_something_else_the_first_is_named_and_how() {
    rows("product_view", "A", 3);
    rows("product_view_g2", "A", 3);
    jdbc.update("UPDATE product_view SET available = 7, sold = 1 WHERE product_id = 'A2'");
    jdbc.update("UPDATE product_view SET available = 7 WHERE product_id = 'A3'");

    assertThat(outcome())
        .isEqualTo(
            new ComparisonOutcome(
                BUILT,
                State.DIFFERENT,
                3,
                2,
                "A2: available is 7 and after a replay 0, sold is 1 and after a replay 0"));
  }

  @Test
  void a_row_that_a_replay_does_not_make_and_one_that_is_missing_differ() {
    rows("product_view", "A", 1);
    rows("product_view_g2", "B", 1);

    var outcome = outcome();

    assertThat(outcome.state()).isEqualTo(State.DIFFERENT);
    assertThat(outcome.differing()).isEqualTo(2);
    assertThat(outcome.firstDifference()).startsWith("A1: ").contains("after a replay missing");
  }

  @Test
  void a_row_that_one_has_taken_more_into_is_looked_at_again() {
    rows("product_view", "A", 1);
    rows("product_view_g2", "A", 1);
    jdbc.update("UPDATE product_view_g2 SET stock_sequence = 1, available = 7");
    var candidates = comparison.different(products, BUILT);
    assertThat(candidates.keys()).containsExactly(Map.entry("product_view", List.of("A1")));

    jdbc.update("UPDATE product_view SET stock_sequence = 1, available = 7");

    assertThat(comparison.outcome(products, BUILT, candidates))
        .isEqualTo(new ComparisonOutcome(BUILT, State.EQUAL, 1, 0, null));
  }

  @Test
  void a_row_into_which_less_was_taken_of_the_same_records_differs() {
    rows("product_view", "A", 1);
    rows("product_view_g2", "A", 1);
    jdbc.update("UPDATE product_view_g2 SET stock_sequence = 1");

    assertThat(outcome().state()).isEqualTo(State.DIFFERENT);
  }

  @Test
  void a_row_that_is_older_after_a_replay_or_missing_is_found_and_a_newer_one_is_not() {
    rows("product_view", "A", 3);
    rows("product_view_g2", "A", 2);
    jdbc.update("UPDATE product_view SET stock_sequence = 1 WHERE product_id = 'A1'");
    jdbc.update("UPDATE product_view_g2 SET stock_sequence = 1 WHERE product_id = 'A2'");

    var older = comparison.older(products, BUILT);

    assertThat(older.keys().get("product_view")).containsExactlyInAnyOrder("A1", "A3");
    assertThat(comparison.firstOlder(products, BUILT, older))
        .hasValueSatisfying(
            first -> assertThat(first).startsWith("A1: stock_sequence is 1 and after a replay 0"));
    jdbc.update("UPDATE product_view_g2 SET stock_sequence = 1");
    jdbc.update("DELETE FROM product_view WHERE product_id = 'A3'");
    assertThat(comparison.firstOlder(products, BUILT, older)).isEmpty();
  }

  private ComparisonOutcome outcome() {
    return comparison.outcome(products, BUILT, comparison.different(products, BUILT));
  }

  private void rows(String table, String prefix, int count) {
    jdbc.update(
        """
        INSERT INTO %s (product_id, stock_sequence)
        SELECT ? || number, 0 FROM generate_series(1, ?) AS number\
        """
            .formatted(table),
        prefix,
        count);
  }
}
