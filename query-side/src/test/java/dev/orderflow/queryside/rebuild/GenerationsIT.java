package dev.orderflow.queryside.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.queryside.rebuild.ComparisonOutcome.State;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import dev.orderflow.queryside.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class GenerationsIT {
  private static final UUID TOPIC = UUID.randomUUID();
  private final ProductsOnly products = new ProductsOnly();
  private final JdbcTemplate jdbc = new JdbcTemplate(new Database().migrated());
  private final Generations generations =
      new Generations(
          JdbcClient.create(jdbc),
          new TransactionTemplate(new JdbcTransactionManager(jdbc.getDataSource())));

  @Test
  void two_starts_are_one_rebuild() {
    generations.start(products, Purpose.SERVING);
    generations.start(products, Purpose.SERVING);

    assertThat(generations.roles("product-view").fed()).containsExactlyInAnyOrder(1, 2);
    assertThat(generations.roles("product-view").last()).isEqualTo(2);
  }

  @Test
  void a_cancelled_rebuild_leaves_nothing_and_its_number_never_comes_back() {
    generations.start(products, Purpose.SERVING);
    position(2, 5);
    generations.cancel(products);
    generations.sweep(products);

    assertThat(tables()).containsExactly("product_view");
    assertThat(jdbc.queryForObject("SELECT count(*) FROM projection_position", Long.class))
        .isZero();
    generations.start(products, Purpose.SERVING);
    assertThat(generations.roles("product-view").isBuilding(3)).isTrue();
  }

  @Test
  void a_generation_takes_over_once_it_has_read_as_far_and_tells_what_is_newer() {
    row("product_view", "A", 0);
    generations.start(products, Purpose.SERVING);
    row("product_view_g2", "A", 1);
    position(1, 5);
    assertThat(takeOver()).isFalse();
    position(2, 4);
    assertThat(takeOver()).isFalse();
    jdbc.update("UPDATE projection_position SET next_offset = 6 WHERE generation = 2");

    assertThat(takeOver()).isTrue();

    assertThat(generations.roles("product-view").fed()).containsExactly(2);
    assertThat(jdbc.queryForObject("SELECT version FROM product_view", Long.class)).isEqualTo(2);
    assertThat(products.announced).containsExactlyEntriesOf(Map.of("A", 2L));
    generations.sweep(products);
    assertThat(tables()).containsExactly("product_view");
  }

  @Test
  void a_rebuild_takes_a_comparison_that_runs_for_its_own() {
    generations.start(products, Purpose.COMPARISON);

    assertThat(generations.start(products, Purpose.SERVING)).isTrue();

    var roles = generations.roles("product-view");
    assertThat(roles.isBuilding(2) && roles.isBuilding(Purpose.SERVING)).isTrue();
    assertThat(generations.lastComparison("product-view").outcome().state())
        .isEqualTo(State.CANCELLED);
  }

  @Test
  void what_is_being_rebuilt_is_not_compared() {
    generations.start(products, Purpose.SERVING);

    assertThat(generations.start(products, Purpose.COMPARISON)).isFalse();
  }

  @Test
  void a_generation_that_is_compared_never_serves() {
    generations.start(products, Purpose.COMPARISON);
    position(1, 5);
    position(2, 5);

    assertThat(takeOver()).isFalse();
    assertThat(generations.roles("product-view").serving()).isEqualTo(1);
  }

  @Test
  void no_generation_takes_over_in_which_a_row_is_older() {
    row("product_view", "A", 1);
    generations.start(products, Purpose.SERVING);
    row("product_view_g2", "A", 0);
    position(1, 5);
    position(2, 5);

    assertThat(takeOver()).isFalse();
    assertThat(generations.roles("product-view").serving()).isEqualTo(1);
  }

  private boolean takeOver() {
    return new TakeOver(generations, JdbcClient.create(jdbc)).attempt(products, List.of(TOPIC));
  }

  private void position(int generation, long next) {
    jdbc.update(
        "INSERT INTO projection_position VALUES ('product-view', ?, ?, 0, ?)",
        generation,
        TOPIC,
        next);
  }

  private void row(String table, String id, long sequence) {
    jdbc.update(
        "INSERT INTO %s (product_id, stock_sequence) VALUES (?, ?)".formatted(table), id, sequence);
  }

  private List<String> tables() {
    return jdbc.queryForList(
        """
        SELECT tablename FROM pg_tables
        WHERE schemaname = 'query_side' AND tablename LIKE 'product_view%'\
        """,
        String.class);
  }
}
