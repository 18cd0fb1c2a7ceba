package dev.orderflow.queryside.tail;

import static dev.orderflow.queryside.testing.Events.at;
import static dev.orderflow.queryside.testing.Events.confirmed;
import static dev.orderflow.queryside.testing.Events.orderId;
import static dev.orderflow.queryside.testing.Events.placed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.queryside.testing.RunningQuerySide;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** Staff see the records of Kafka as they come. */
@Timeout(60)
class EventTailIT {
  private final RunningQuerySide running = RunningQuerySide.shared();
  private final String user = "tail-" + UUID.randomUUID();

  /** A tail that tells from now on. */
  private BufferedReader open(String query) throws Exception {
    // Another test's watchers may not be gone yet.
    var stream =
        await()
            .until(
                () -> running.open(running.staff(), "/admin/events?" + query),
                answer -> answer.statusCode() == 200);
    var lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8));
    // A comment begins the response.
    assertThat(lines.readLine()).isEqualTo(":");
    assertThat(lines.readLine()).isEmpty();
    assertThat(lines.readLine()).isEqualTo("event:open");
    return lines;
  }

  private static String data(BufferedReader lines) throws Exception {
    var line = lines.readLine();
    while (!line.startsWith("data:{")) {
      line = lines.readLine();
    }
    return line.substring("data:".length());
  }

  @Test
  void a_record_is_told_with_its_place_and_its_event() throws Exception {
    try (var lines = open("key=" + orderId(user, 1))) {
      running.publisher().publish(placed(user, 1));

      var record = RunningQuerySide.JSON.readTree(data(lines));

      assertThat(record.path("topic").asString()).isEqualTo("orders");
      assertThat(record.has("partition")).isTrue();
      assertThat(record.has("offset")).isTrue();
      assertThat(record.path("key").asString()).isEqualTo(orderId(user, 1).value());
      assertThat(record.path("eventType").asString())
          .isEqualTo("dev.orderflow.ordering.OrderPlacedEvent");
      assertThat(record.path("sequence").asInt()).isZero();
      assertThat(record.path("payload").path("userId").asString()).isEqualTo(user);
    }
  }

  @Test
  void only_what_is_asked_for_is_told() throws Exception {
    try (var lines = open("topic=orders&eventType=OrderConfirmedEvent&key=" + orderId(user, 1))) {
      running.publisher().publish(placed(user, 1), confirmed(user, 1, at(2)));

      assertThat(data(lines)).contains("OrderConfirmedEvent");
    }
  }

  @Test
  void a_record_that_is_no_event_is_told_too() throws Exception {
    try (var lines = open("key=" + user)) {
      running
          .publisher()
          .publish(new ProducerRecord<>("payments", user, "no JSON".getBytes(UTF_8)));

      var record = RunningQuerySide.JSON.readTree(data(lines));

      assertThat(record.path("topic").asString()).isEqualTo("payments");
      assertThat(record.has("payload")).isFalse();
      assertThat(record.has("sequence")).isFalse();
    }
  }

  @Test
  void when_too_many_come_some_are_passed_over_and_the_newest_are_told() {
    var consumers =
        new DefaultKafkaConsumerFactory<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.sharedBootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    try (var tail = EventTail.open(consumers)) {
      for (var number = 0; number < 1_000; number++) {
        running
            .publisher()
            .publish(new ProducerRecord<>(EventTopic.PAYMENTS.topicName(), user, new byte[0]));
      }

      var skipped = new ArrayList<Long>();
      var told = new ArrayList<Integer>();
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> {
            var taken = tail.take(Duration.ofMillis(100));
            skipped.add(taken.skipped());
            told.add(taken.records().size());
            return taken.skipped() > 0;
          });
      running
          .publisher()
          .publish(new ProducerRecord<>(EventTopic.PAYMENTS.topicName(), "last", new byte[0]));

      assertThat(told).allMatch(count -> count <= 50);
      await()
          .until(() ->
              tail.take(Duration.ofMillis(100)).records().stream()
                  .anyMatch(record -> record.key().equals("last")));
    }
  }

  @Test
  void what_a_watcher_has_not_read_is_no_backlog() throws Exception {
    try (var _ = open("")) {
      assertThat(running.measuredReaders()).isNotEmpty().noneMatch(name -> name.startsWith("tail"));
    }
  }

  @Test
  void the_head_of_the_tail_opens_none() throws Exception {
    for (var call = 0; call < 20; call++) {
      assertThat(running.call("HEAD", running.staff(), "/admin/events")).isEqualTo(200);
    }
  }

  @Test
  void no_more_than_ten_watch_and_who_hangs_up_makes_room() throws Exception {
    var open = new ArrayList<BufferedReader>();
    try {
      for (var count = 0; count < 10; count++) {
        open.add(open(""));
      }
      assertThat(running.getAs(running.staff(), "/admin/events").status()).isEqualTo(429);

      open.removeLast().close();
      await()
          .until(() -> {
            var stream = running.open(running.staff(), "/admin/events");
            stream.body().close();
            return stream.statusCode() == 200;
          });
    } finally {
      for (var lines : List.copyOf(open)) {
        lines.close();
      }
    }
  }
}
