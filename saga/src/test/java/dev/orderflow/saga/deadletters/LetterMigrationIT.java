package dev.orderflow.saga.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.platform.deadletters.DeadLetter;
import dev.orderflow.platform.deadletters.StoredLetters;
import dev.orderflow.platform.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The letters that the release before has left, and what staff had asked of them. */
class LetterMigrationIT {
  private static final String RECORD =
      "{\"type\":\"record\",\"group\":\"g\",\"topic\":\"orders\",\"partition\":0,\"offset\":%d,"
          + "\"key\":\"ORD-1\",\"headers\":[],\"value\":\"e30=\"}";
  private static final String TASK =
      "{\"type\":\"task\",\"name\":\"confirm\",\"instance\":\"%s\",\"data\":\"{}\"}";

  private final DataSource dataSource = TestPostgres.newDatabase().dataSource();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);

  @Test
  void letters_wait_as_they_did_and_those_that_were_being_sent_on_are() throws IOException {
    Flyway.configure().dataSource(dataSource).target("8").load().migrate();
    // The task's golden file is about letter 7.
    jdbc.sql("ALTER TABLE dead_letter ALTER id RESTART WITH 5").update();
    var later = "Its type is known to a later release only";
    letter("ORD-1", RECORD.formatted(1), later, 1);
    letter("ORD-1", RECORD.formatted(2), "It follows another letter of its key", 0);
    letter("ORD-2", TASK.formatted("ORD-2"), "refused", 1);
    letter(null, TASK.formatted("ORD-3"), "refused", 1);
    letter(null, RECORD.formatted(3), "It has no key", 1);
    try (var golden =
        LetterMigrationIT.class.getResourceAsStream("/golden/retry-letters.r1.json")) {
      retry("ORD-2", golden.readAllBytes());
    }
    retry("9", "{\"source\":\"ORDER_SAGA\",\"letterId\":9}".getBytes(StandardCharsets.UTF_8));

    Flyway.configure().dataSource(dataSource).load().migrate();

    assertThat(new StoredLetters(jdbc, Clock.systemUTC(), "saga").open(9))
        .extracting(
            DeadLetter::id,
            DeadLetter::queue,
            DeadLetter::orderId,
            letter -> letter.refusal() + " " + letter.state())
        .containsExactly(
            tuple(5L, "ORD-1", "ORD-1", "LATER WAITING"),
            tuple(6L, "ORD-1", "ORD-1", "FOLLOWING WAITING"),
            tuple(7L, "ORD-2", "ORD-2", "FAILED RETRYING"),
            tuple(8L, null, null, "FAILED WAITING"),
            tuple(9L, null, null, "FOREIGN RETRYING"));
    assertThat(jdbc.sql("SELECT count(*) FROM open_task").query(Long.class).single()).isZero();
  }

  private void letter(@Nullable String orderId, String content, String cause, int attempts) {
    jdbc.sql(
            """
            INSERT INTO dead_letter (source, order_id, identity, content, cause, attempts, since)
            VALUES ('order-saga', ?, ?, ?, ?, ?, now())\
            """)
        .params(orderId, content, content, cause, attempts)
        .update();
  }

  private void retry(String instance, byte[] data) {
    jdbc.sql(
            """
            INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time,
              picked, version)
            VALUES ('retry-letters', ?, ?, now(), false, 1)\
            """)
        .params(instance, data)
        .update();
  }
}
