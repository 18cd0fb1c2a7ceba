package dev.orderflow.queryside.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.rebuild.ComparisonOutcome.State;
import dev.orderflow.queryside.rebuild.Roles.Purpose;
import dev.orderflow.queryside.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class GenerationsIT {
  private final ProductsOnly products = new ProductsOnly();
  private final JdbcTemplate jdbc = new JdbcTemplate(new TestDatabase().migrated());
  private final Generations generations =
      new Generations(
          JdbcClient.create(jdbc),
          new TransactionTemplate(new JdbcTransactionManager(jdbc.getDataSource())));

  @Test
  void two_starts_are_one_rebuild() {
    generations.start(products, Purpose.SERVING);
    generations.start(products, Purpose.SERVING);

    assertThat(generations.roles("product-view").serving()).isEqualTo(1);
    assertThat(generations.roles("product-view").isBuilding(2)).isTrue();
    assertThat(generations.roles("product-view").last()).isEqualTo(2);
  }

  @Test
  void how_long_a_rebuild_takes_is_told_by_the_clock_that_has_noted_its_beginning() {
    generations.start(products, Purpose.SERVING);
    jdbc.update("UPDATE projection SET building_since = building_since - interval '1 hour'");

    var building = generations.roles("product-view").building();

    var noted =
        jdbc.queryForObject(
            "SELECT extract(epoch FROM clock_timestamp() - building_since) FROM projection"
                + " WHERE name = 'product-view'",
            Double.class);
    assertThat(building.elapsed())
        .isBetween(Duration.ofHours(1), Duration.ofMillis((long) (1000 * noted)));
  }

  @Test
  void a_cancelled_rebuild_leaves_nothing_and_its_number_never_comes_back() {
    generations.start(products, Purpose.SERVING);
    generations.cancel(products);
    generations.sweep(products);

    assertThat(tables()).containsExactly("product_view");
    generations.start(products, Purpose.SERVING);
    assertThat(generations.roles("product-view").isBuilding(3)).isTrue();
  }

  @Test
  void a_generation_that_was_built_serves_under_the_plain_name() {
    generations.start(products, Purpose.SERVING);
    jdbc.update("INSERT INTO product_view_g2 (product_id, stock_sequence) VALUES ('A', 1)");

    generations.changing(
        products,
        roles -> {
          generations.serve(products, roles);
          return true;
        });
    generations.sweep(products);

    assertThat(generations.roles("product-view").serving()).isEqualTo(2);
    assertThat(generations.roles("product-view").building()).isNull();
    assertThat(jdbc.queryForObject("SELECT version FROM product_view", Long.class)).isEqualTo(2);
    assertThat(tables()).containsExactly("product_view");
  }

  @Test
  void a_generation_gets_its_indexes_when_its_rows_are_there_and_once() {
    generations.start(products, Purpose.SERVING);
    assertThat(indexes("product_view_g2")).hasSize(1);

    generations.index(products, 2);
    generations.index(products, 2);

    assertThat(indexes("product_view_g2")).isEqualTo(indexes("product_view")).hasSize(2);
  }

  @Test
  void a_new_generation_is_stored_as_the_one_that_serves_and_vacuumed_when_it_does() {
    jdbc.execute("ALTER TABLE product_view SET (fillfactor = 66)");
    generations.start(products, Purpose.SERVING);
    assertThat(storage("product_view_g2"))
        .containsExactlyInAnyOrder("fillfactor=66", "autovacuum_enabled=false");

    generations.changing(
        products,
        roles -> {
          generations.serve(products, roles);
          return true;
        });

    assertThat(storage("product_view")).containsExactly("fillfactor=66");
  }

  @Test
  void how_far_a_build_is_is_noted_as_long_as_it_is_wanted() {
    generations.start(products, Purpose.SERVING);

    assertThat(generations.read("product-view", 2, 7)).isTrue();
    assertThat(generations.roles("product-view").building().position()).isEqualTo(7);
    generations.cancel(products);
    assertThat(generations.read("product-view", 2, 8)).isFalse();
    generations.start(products, Purpose.SERVING);
    assertThat(generations.read("product-view", 2, 8)).isFalse();
    assertThat(generations.roles("product-view").building().position()).isZero();
  }

  @Test
  void who_reads_what_was_built_keeps_no_writer_of_what_serves_waiting() throws Exception {
    generations.start(products, Purpose.SERVING);
    try (var reader = jdbc.getDataSource().getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("SELECT * FROM product_view_g2");
      var over = new AtomicBoolean();
      // Again and again: the wait for the lock is given up after a while.
      var holding =
          CompletableFuture.runAsync(() -> {
            while (!over.get()) {
              try {
                holdWriters();
              } catch (DataAccessException _) {
                // The reader is still there.
              }
            }
          });
      await()
          .pollInterval(Duration.ofMillis(10))
          .until(() -> locks(false).contains("product_view_g2"));

      assertThat(locks(true)).doesNotContain("product_view");
      over.set(true);
      reader.rollback();
      holding.join();
    }
  }

  private void holdWriters() {
    generations.changing(
        products,
        _ -> {
          generations.holdWriters(products, 2);
          return true;
        });
  }

  /** The tables for which a lock is held, or waited for, that keeps writers away. */
  private List<String> locks(boolean held) {
    return jdbc.queryForList(
        """
        SELECT relation::regclass::text FROM pg_locks
        WHERE mode IN ('ShareRowExclusiveLock', 'AccessExclusiveLock') AND granted = ?
          AND locktype = 'relation'\
        """,
        String.class,
        held);
  }

  @Test
  void one_instance_at_a_time_builds_a_generation() {
    var dataSource = jdbc.getDataSource();
    try (var held = BuildLock.attempt(dataSource, "product-view", 2).orElseThrow()) {
      assertThat(BuildLock.attempt(dataSource, "product-view", 2)).isEmpty();
      try (var other = BuildLock.attempt(dataSource, "product-view", 3).orElseThrow()) {
        other.check();
      }
      held.check();
    }
    BuildLock.attempt(dataSource, "product-view", 2).orElseThrow().close();
  }

  @Test
  void a_build_is_begun_again_when_the_database_was_away() {
    var dataSource = jdbc.getDataSource();
    try (var held = BuildLock.attempt(dataSource, "product-view", 2).orElseThrow()) {
      jdbc.queryForList(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND backend_type = 'client backend'
            AND pid <> pg_backend_pid()\
          """);

      assertThatThrownBy(held::check).isInstanceOf(DataAccessResourceFailureException.class);
    }
  }

  @Test
  void a_rebuild_takes_a_comparison_that_runs_for_its_own() {
    generations.start(products, Purpose.COMPARISON);

    assertThat(generations.start(products, Purpose.SERVING)).isTrue();

    var roles = generations.roles("product-view");
    assertThat(roles.isBuilding(2) && roles.isBuilding(Purpose.SERVING)).isTrue();
    assertThat(generations.lastComparison("product-view").state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void what_is_being_rebuilt_is_not_compared() {
    generations.start(products, Purpose.SERVING);

    assertThat(generations.start(products, Purpose.COMPARISON)).isFalse();
  }

  private List<String> storage(String table) {
    return jdbc.queryForList(
        "SELECT unnest(reloptions) FROM pg_class WHERE oid = ?::regclass", String.class, table);
  }

  /** What they are of, without their names. */
  private List<String> indexes(String table) {
    return jdbc.queryForList(
        """
        SELECT regexp_replace(indexdef, '^.* USING', '') FROM pg_indexes
        WHERE schemaname = 'query_side' AND tablename = ? ORDER BY 1\
        """,
        String.class,
        table);
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
