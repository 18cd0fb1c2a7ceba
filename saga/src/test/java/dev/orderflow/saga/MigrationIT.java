package dev.orderflow.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database that the release before the sagas were rows of ours has left, with orders under way.
 */
class MigrationIT {
  private final DataSource dataSource = TestPostgres.newDatabase().dataSource();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);

  @BeforeEach
  void migrate() throws Exception {
    Flyway.configure().dataSource(dataSource).target("3").load().migrate();
    saga("ORD-1", "WAITING_FOR_PAYMENT");
    task("payment-deadline", "ORD-1", "2099-01-02T03:04:05Z", golden("payment-deadline"));
    task("request-payment", "ORD-1", "2026-01-02T03:04:05Z", golden("request-payment"));
    saga("ORD-2", "WAITING_FOR_PAYMENT");
    letter("ORD-2", "request-payment/ORD-2", "request-payment");
    letter("ORD-2", "payment-deadline/ORD-2", "payment-deadline");
    saga("ORD-3", "CONFIRMING_PAID_ORDER");
    jdbc.sql("INSERT INTO started_saga VALUES ('ORD-4')").update();
    task("commit-stock", "ORD-4/A", "2026-01-02T03:04:05Z", golden("commit-stock"));
    Flyway.configure().dataSource(dataSource).load().migrate();
  }

  @Test
  void open_sagas_are_as_they_were_with_their_deadlines() {
    assertThat(
            jdbc.sql("SELECT order_id || ' ' || stage FROM open_order ORDER BY 1")
                .query(String.class)
                .list())
        .containsExactly(
            "ORD-1 WAITING_FOR_PAYMENT",
            "ORD-2 WAITING_FOR_PAYMENT",
            "ORD-3 CONFIRMING_PAID_ORDER");
    assertThat(
            jdbc.sql("SELECT saga FROM order_saga WHERE order_id = 'ORD-1'")
                .query(String.class)
                .single())
        .isEqualTo(json("ORD-1", "WAITING_FOR_PAYMENT"));
    assertThat(orders("deadline = '2099-01-02T03:04:05Z'")).containsExactly("ORD-1");
  }

  @Test
  void an_open_saga_without_a_deadline_gets_one() {
    assertThat(orders("deadline BETWEEN now() + '10 minutes' AND now() + '15 minutes'"))
        .containsExactly("ORD-3");
    assertThat(orders("deadline IS NULL")).containsExactly("ORD-4");
  }

  @Test
  void a_deadline_that_was_a_letter_is_overdue_and_waits_behind_the_letter_before_it() {
    assertThat(orders("deadline <= now()")).containsExactly("ORD-2");
    assertThat(jdbc.sql("SELECT identity FROM dead_letter").query(String.class).list())
        .containsExactly("request-payment/ORD-2");
  }

  @Test
  void an_order_whose_saga_has_ended_is_known() {
    assertThat(orders("ended")).containsExactly("ORD-4");
  }

  @Test
  void all_other_tasks_go_on() {
    assertThat(
            jdbc.sql("SELECT task_name || '/' || task_instance FROM scheduled_tasks ORDER BY 1")
                .query(String.class)
                .list())
        .containsExactly("commit-stock/ORD-4/A", "request-payment/ORD-1");
  }

  private List<String> orders(String condition) {
    return jdbc.sql("SELECT order_id FROM order_saga WHERE " + condition + " ORDER BY 1")
        .query(String.class)
        .list();
  }

  private static String json(String orderId, String stage) {
    return "{\"orderId\":\"%s\",\"products\":[\"A\",\"B\"],\"stage\":\"%s\"}"
        .formatted(orderId, stage);
  }

  private void saga(String orderId, String stage) {
    jdbc.sql(
            """
            INSERT INTO saga_entry (saga_id, saga_type, serialized_saga)
            VALUES (?, 'dev.orderflow.saga.ordering.OrderSaga', ?)\
            """)
        .params("saga-of-" + orderId, json(orderId, stage).getBytes(StandardCharsets.UTF_8))
        .update();
    jdbc.sql(
            """
            INSERT INTO association_value_entry
              (association_key, association_value, saga_type, saga_id)
            VALUES ('orderId', ?, 'dev.orderflow.saga.ordering.OrderSaga', ?)\
            """)
        .params(orderId, "saga-of-" + orderId)
        .update();
    jdbc.sql("INSERT INTO started_saga VALUES (?)").param(orderId).update();
  }

  private void task(String name, String instance, String due, byte[] data) {
    jdbc.sql(
            """
            INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time,
              picked, version)
            VALUES (?, ?, ?, ?::timestamptz, false, 1)\
            """)
        .params(name, instance, data, due)
        .update();
  }

  private void letter(String orderId, String identity, String task) {
    jdbc.sql(
            """
            INSERT INTO dead_letter (source, order_id, identity, content, cause, attempts, since)
            VALUES ('order-saga', ?, ?, ?, 'refused', 1, now())\
            """)
        .params(
            orderId,
            identity,
            "{\"type\":\"task\",\"name\":\"%s\",\"instance\":\"%s\",\"data\":\"{}\"}"
                .formatted(task, orderId))
        .update();
  }

  private static byte[] golden(String kind) throws Exception {
    try (var file = MigrationIT.class.getResourceAsStream("/golden/" + kind + ".r1.json")) {
      return file.readAllBytes();
    }
  }
}
