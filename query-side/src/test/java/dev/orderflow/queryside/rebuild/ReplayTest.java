package dev.orderflow.queryside.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.Subscription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

class ReplayTest {
  private static final EventTopic TOPIC = EventTopic.ALL.iterator().next();
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC.topicName(), 0);

  private final Subscription subscription =
      Subscription.of("view", List.of(TOPIC), Map.of(TOPIC, new UUID(0, 1)));
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final List<Long> taken = new ArrayList<>();
  private int failures;

  @BeforeEach
  void two_records() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 2L));
    records();
  }

  @Test
  void it_goes_on_after_an_outage_with_what_was_not_taken_in() throws Exception {
    failures = 2;
    try (var replay = replay(new SQLException("deadlock detected", "40P01"))) {
      replay.toTheEnds().get(30, TimeUnit.SECONDS);

      assertThat(taken).containsExactly(0L, 1L);
      assertThat(replay.position()).isEqualTo(2);
      assertThat(replay.lag()).isZero();
    }
  }

  @Test
  void it_ends_with_what_no_waiting_mends() {
    failures = 1;
    try (var replay = replay(new IllegalStateException("wrong"))) {
      assertThatThrownBy(() -> replay.toTheEnds().get(30, TimeUnit.SECONDS))
          .hasRootCauseMessage("wrong");
    }
  }

  @Test
  void what_was_read_in_a_transaction_that_came_to_nothing_is_read_again() {
    failures = 1;
    try (var replay = replay(new IllegalStateException("wrong"))) {
      assertThatThrownBy(() -> replay.readTo(replay.ends())).hasRootCauseMessage("wrong");
      replay.goBack();
      replay.readTo(replay.ends());
      replay.goBack();
      records();
      replay.readTo(replay.ends());

      assertThat(taken).containsExactly(0L, 1L, 0L, 1L);
    }
  }

  @Test
  void what_was_read_for_certain_is_not_read_again() throws Exception {
    try (var replay = replay(new IllegalStateException("never"))) {
      replay.toTheEnds().get(30, TimeUnit.SECONDS);
      replay.goBack();

      assertThat(replay.lag()).isZero();
    }
  }

  @Test
  void what_comes_in_after_the_ends_is_left_for_later() {
    try (var replay = replay(new IllegalStateException("never"))) {
      var ends = replay.ends();
      consumer.addRecord(record(2));
      consumer.updateEndOffsets(Map.of(PARTITION, 3L));

      replay.readTo(ends);

      assertThat(taken).containsExactly(0L, 1L);
      assertThat(replay.lag()).isOne();

      consumer.addRecord(record(2));
      replay.readTo(replay.ends());

      assertThat(taken).containsExactly(0L, 1L, 2L);
    }
  }

  /** Fails as often as it is to. */
  private Replay replay(Exception cause) {
    return new Replay(
        List.of(consumer),
        subscription,
        (_, records) -> {
          if (failures > 0) {
            failures--;
            // The mock forgets what it has given out.
            records();
            throw new TransientDataAccessResourceException("not now", cause);
          }
          records.forEach(one -> taken.add(one.offset()));
        });
  }

  private void records() {
    for (var offset = 0L; offset < 2; offset++) {
      consumer.addRecord(record(offset));
    }
  }

  private static ConsumerRecord<String, byte[]> record(long offset) {
    return new ConsumerRecord<>(
        PARTITION.topic(), PARTITION.partition(), offset, "key", new byte[0]);
  }
}
