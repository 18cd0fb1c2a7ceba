package dev.orderflow.queryside.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.deadletters.DeadLetter;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.deadletters.KeptRecord;
import dev.orderflow.platform.deadletters.StoredLetters;
import dev.orderflow.platform.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The letters that the release before has left are letters as they are now. */
class LetterMigrationIT {
  private static final UUID TOPIC = new UUID(1, 2);

  private final DataSource dataSource = TestPostgres.newDatabase().dataSource();
  private final JdbcClient jdbc = JdbcClient.create(dataSource);

  @Test
  void letters_are_carried_over_with_their_places_and_their_order() {
    Flyway.configure().dataSource(dataSource).target("9").load().migrate();
    var value = ("{\"text\":\"" + "x".repeat(200) + "\"}").getBytes(StandardCharsets.UTF_8);
    letter(7, "ORD-1", "LATER", value, false);
    letter(5, "ORD-1", "FOLLOWING", new byte[0], true);
    letter(6, "", "FOREIGN", null, false);

    Flyway.configure().dataSource(dataSource).load().migrate();

    var open = new StoredLetters(jdbc, Clock.systemUTC(), "query-side").open(9);
    assertThat(open)
        .extracting(DeadLetter::refusal)
        .containsExactly(PermanentFailure.LATER, PermanentFailure.FOREIGN);
    var first = open.getFirst();
    var queue = TOPIC + "/3/ORD-1";
    assertThat(first.queue()).isEqualTo(queue);
    assertThat(first.orderId()).isEqualTo("ORD-1");
    assertThat(new DeadLetters(jdbc, Clock.systemUTC()).waiting("order-view", () -> List.of(queue)))
        .containsEntry(queue, 7L);
    var record = (KeptRecord) first.content();
    assertThat(record.topicId()).isEqualTo(TOPIC);
    assertThat(record.key()).isEqualTo("ORD-1");
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.record().headers().lastHeader("a").value()).isEqualTo(new byte[] {'1'});
    assertThat(((KeptRecord) open.getLast().content()).value()).isNull();
    assertThat(
            jdbc.sql("SELECT identity FROM dead_letter WHERE state = 'DISCARDED'")
                .query(String.class)
                .single())
        .isEqualTo(TOPIC + "-3@5");
  }

  private void letter(long offset, String key, String refusal, byte[] value, boolean discarded) {
    jdbc.sql(
            """
            INSERT INTO projection_letter (projection, topic, topic_id, partition, record_offset,
              record_key, headers, value, refusal, cause, attempts, since, discarded)
            VALUES ('order-view', 'orders', ?, 3, ?, ?, ?, ?, ?, 'a test', 1, now(), ?)\
            """)
        .params(
            TOPIC,
            offset,
            key,
            "[{\"name\":\"a\",\"value\":\"MQ==\"},{\"name\":\"b\",\"value\":null}]",
            value,
            refusal,
            discarded)
        .update();
  }
}
