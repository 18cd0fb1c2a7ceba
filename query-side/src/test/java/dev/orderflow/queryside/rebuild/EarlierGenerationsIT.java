package dev.orderflow.queryside.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.testing.RunningQuerySide;
import dev.orderflow.queryside.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A release is put on tables that have been rebuilt, and while they are. */
class EarlierGenerationsIT {
  private final TestDatabase database = new TestDatabase();
  private final JdbcTemplate jdbc = new JdbcTemplate(database.migratedTo("6"));

  @Test
  void every_generation_gets_the_indexes_that_a_new_one_has() {
    for (var view : List.of("order_view", "product_view")) {
      jdbc.execute("CREATE TABLE %1$s_g2 (LIKE %1$s INCLUDING ALL)".formatted(view));
      jdbc.execute("DROP TABLE " + view);
      jdbc.execute("ALTER TABLE %1$s_g2 RENAME TO %1$s".formatted(view));
      jdbc.execute("CREATE TABLE %1$s_g3 (LIKE %1$s INCLUDING ALL)".formatted(view));
    }
    jdbc.update(
        """
        INSERT INTO product_view (product_id, name, description, price, currency, price_version,
          active, product_sequence)
        VALUES ('PHIN', 'Phin cà phê', '', 1, 'VND', 1, true, 0)\
        """);

    database.migrated();

    var fresh = new JdbcTemplate(new TestDatabase().migrated());
    for (var view : List.of("order_view", "product_view")) {
      assertThat(indexes(jdbc, view)).isEqualTo(indexes(fresh, view));
      assertThat(indexes(jdbc, view + "_g3")).isEqualTo(indexes(fresh, view));
    }
    assertThat(
            jdbc.queryForList(
                "SELECT product_id FROM product_view WHERE name_words(name) @@ name_search('ca phe')",
                String.class))
        .containsExactly("PHIN");
  }

  @Test
  void a_migration_takes_the_time_it_takes() throws Exception {
    Future<RunningQuerySide> started;
    try (var starter = Executors.newSingleThreadExecutor()) {
      try (var _ = database.reading("order_view")) {
        started = starter.submit(() -> new RunningQuerySide(database));
        // Longer than a transaction of ours may do nothing.
        await()
            .atMost(Duration.ofMinutes(1))
            .during(Duration.ofSeconds(3))
            .until(() -> database.waiting() > 0);
      }
    }
    try (var running = started.get()) {
      assertThat(running.get("/products").status()).isEqualTo(200);
    }
  }

  /** What they are of, without their names. */
  private static List<String> indexes(JdbcTemplate jdbc, String table) {
    return jdbc.queryForList(
        """
        SELECT regexp_replace(indexdef, '^.* USING', '') FROM pg_indexes
        WHERE schemaname = 'query_side' AND tablename = ? ORDER BY 1\
        """,
        String.class,
        table);
  }
}
