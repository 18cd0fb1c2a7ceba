package dev.orderflow.saga.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.PermanentFailure;
import dev.orderflow.platform.consumption.Subscription;
import dev.orderflow.platform.deadletters.DeadLetter;
import dev.orderflow.platform.deadletters.DeadLetters;
import dev.orderflow.platform.deadletters.KeptTask;
import dev.orderflow.platform.deadletters.StoredLetters;
import dev.orderflow.saga.testing.SagaDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is at its end stays for a while, and then goes; what is passed over stays passed over. */
class KeptLettersIT {
  private static final SagaDatabase DATABASE = new SagaDatabase();
  private static final UUID TOPIC_ID = new UUID(0, 1);
  private static final Subscription READ =
      new Subscription("group", Map.of(EventTopic.ORDERS, TOPIC_ID));

  private final DeadLetters letters = new DeadLetters(DATABASE.jdbc(), Clock.systemUTC());
  private final StoredLetters stored =
      new StoredLetters(DATABASE.jdbc(), Clock.systemUTC(), "saga");

  @BeforeEach
  void begin() {
    DATABASE.jdbc().sql("DELETE FROM dead_letter").update();
  }

  @Test
  void what_is_done_is_forgotten_after_its_time_and_when_there_is_too_much() {
    for (var number = 0; number < 3; number++) {
      keepTask("ORD-" + number);
      stored.done(stored.open(1).getFirst());
    }

    stored.forgetEnded(2);
    assertThat(identities()).containsExactly("confirm/ORD-1", "confirm/ORD-2");

    endedLongAgo("confirm/ORD-1");
    stored.forgetEnded(100);
    assertThat(identities()).containsExactly("confirm/ORD-2");
  }

  @Test
  void of_a_discarded_record_nothing_stays_but_that_it_is_passed_over() {
    assertThat(keepRecord(0)).isTrue();
    DATABASE.jdbc().sql("UPDATE dead_letter SET state = 'DISCARDED', ended = now()").update();

    stored.forgetEnded(0);

    assertThat(
            DATABASE
                .jdbc()
                .sql("SELECT count(*) FROM dead_letter WHERE content IS NULL")
                .query(Long.class)
                .single())
        .isOne();
    assertThat(keepRecord(0)).isFalse();
    assertThat(stored.open(9)).isEmpty();
  }

  @Test
  void a_task_that_is_refused_anew_is_a_letter_again_whatever_became_of_the_first() {
    for (var end : List.of("DONE", "DISCARDED")) {
      keepTask("ORD-1");
      DATABASE.jdbc().sql("UPDATE dead_letter SET state = ?, ended = now()").param(end).update();
      assertThat(stored.open(9)).isEmpty();
      keepRecord(0);

      // Behind what was kept meanwhile.
      keepTask("ORD-1");

      assertThat(stored.open(9))
          .extracting(letter -> letter.content().identity() + " " + letter.state())
          .containsExactly(TOPIC_ID + "-0@0 WAITING", "confirm/ORD-1 WAITING");
      DATABASE.jdbc().sql("DELETE FROM dead_letter WHERE refusal = 'LATER'").update();
    }
  }

  @Test
  void what_comes_after_a_letter_goes_on_when_that_is_done() {
    keepRecord(0);
    letters.keep(
        "order-saga", READ, record(1), "ORD-1", 0, PermanentFailure.FOLLOWING, "It follows");

    stored.done(stored.open(1).getFirst());

    assertThat(stored.open(9))
        .singleElement()
        .satisfies(letter -> assertThat(letter.state()).isEqualTo(DeadLetter.State.RETRYING));
  }

  private void keepTask(String orderId) {
    letters.keep("order-saga", orderId, new KeptTask("confirm", orderId, "{}", null), "refused", 1);
  }

  private boolean keepRecord(long offset) {
    return letters.keep(
        "order-saga",
        READ,
        record(offset),
        "ORD-1",
        0,
        PermanentFailure.LATER,
        "Of a later release");
  }

  private static ConsumerRecord<String, byte[]> record(long offset) {
    return new ConsumerRecord<>(
        "orders", 0, offset, "ORD-1", "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static void endedLongAgo(String identity) {
    DATABASE
        .jdbc()
        .sql("UPDATE dead_letter SET ended = now() - interval '31 days' WHERE identity = ?")
        .param(identity)
        .update();
  }

  private static List<String> identities() {
    return DATABASE
        .jdbc()
        .sql("SELECT identity FROM dead_letter ORDER BY id")
        .query(String.class)
        .list();
  }
}
