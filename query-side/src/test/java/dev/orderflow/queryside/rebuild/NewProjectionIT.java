package dev.orderflow.queryside.rebuild;

import static dev.orderflow.queryside.testing.Events.START;
import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.queryside.testing.RunningQuerySide;
import dev.orderflow.queryside.testing.TestDatabase;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** A projection is one class and its tables: it is fed, rebuilt and compared like all others. */
class NewProjectionIT {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void orders_are_counted_by_product_and_day_and_the_counts_are_rebuilt_and_compared()
      throws Exception {
    var database = new TestDatabase();
    var jdbc = new JdbcTemplate(database.migrated());
    jdbc.execute(OrdersPerDay.MIGRATION);
    try (var running = new RunningQuerySide(database, OrdersPerDay.class)) {
      for (var number = 0; number < 30; number++) {
        running.publisher().publish(placed("counted", number, START, "COUNTED"));
      }
      running.publisher().publish(placed("counted", 30, START.plus(DAY), "COUNTED"));
      // What is repeated counts once, and nothing else counts.
      running.publisher().publish(placed("counted", 0, START, "COUNTED"));
      running.publisher().publish(confirmed("counted", 0, at(1)));
      eventually().untilAsserted(() -> assertThat(counts(jdbc)).isEqualTo("30,1"));

      jdbc.update("UPDATE orders_per_day SET orders = 77 WHERE product_id = 'COUNTED'");
      var compared = compared(running);
      assertThat(compared.get("state").asString()).isEqualTo("DIFFERENT");
      assertThat(compared.get("differing").asInt()).isEqualTo(2);
      assertThat(compared.get("first").asString())
          .isEqualTo("COUNTED 2026-11-22: orders is 77 and after a replay 30");

      assertThat(running.call("POST", running.staff(), path("rebuild"))).isEqualTo(202);
      eventually().until(() -> shown(running).get("generation").asInt() > 1);

      assertThat(counts(jdbc)).isEqualTo("30,1");
      assertThat(compared(running).get("state").asString()).isEqualTo("EQUAL");
      running.publisher().publish(placed("counted", 31, START, "COUNTED"));
      eventually().untilAsserted(() -> assertThat(counts(jdbc)).isEqualTo("31,1"));
      // Of this generation alone: nothing is left of others.
      eventually()
          .untilAsserted(() ->
              assertThat(
                      jdbc.queryForList(
                          "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'orders_per_day%'",
                          String.class))
                  .hasSize(2));
    }
  }

  private static String counts(JdbcTemplate jdbc) {
    return jdbc.queryForObject(
        """
        SELECT string_agg(orders::text, ',' ORDER BY day) FROM orders_per_day
        WHERE product_id = 'COUNTED'\
        """,
        String.class);
  }

  private static JsonNode compared(RunningQuerySide running) throws Exception {
    assertThat(running.call("POST", running.staff(), path("comparison"))).isEqualTo(202);
    return eventually()
        .until(
            () -> shown(running).get("comparison"),
            comparison -> !comparison.get("state").asString().equals("RUNNING"));
  }

  private static String path(String what) {
    return "/admin/projections/" + OrdersPerDay.NAME + "/" + what;
  }

  private static JsonNode shown(RunningQuerySide running) {
    for (var shown :
        running.getAs(running.staff(), "/admin/projections").json().get("projections")) {
      if (shown.get("name").asString().equals(OrdersPerDay.NAME)) {
        return shown;
      }
    }
    throw new AssertionError();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(30));
  }
}
