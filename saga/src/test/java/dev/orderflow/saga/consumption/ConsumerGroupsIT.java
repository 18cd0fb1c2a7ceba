package dev.orderflow.saga.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.DomainEvent;
import dev.orderflow.api.ordering.OrderConfirmedEvent;
import dev.orderflow.api.ordering.OrderId;
import dev.orderflow.platform.consumption.TopicFollower;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.EventTopic;
import dev.orderflow.platform.kafka.EventTopicProperties;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.kafka.TracedRecords;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.tracing.Traces;
import dev.orderflow.saga.Worker;
import dev.orderflow.saga.consumption.PollHandler.Changes;
import dev.orderflow.saga.quarantine.DeadLetters;
import dev.orderflow.saga.testing.Events;
import dev.orderflow.saga.testing.SagaDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/** A group on a real broker whose topic is deleted and created anew. */
class ConsumerGroupsIT {
  private static final EventTopic TOPIC = EventTopic.ORDERS;

  private final TestKafka kafka = TestKafka.start();
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  private final Topics topics =
      new Topics(Map.of("bootstrap.servers", kafka.bootstrapServers()), (short) 1);
  private final SagaDatabase database = new SagaDatabase();
  private final Queue<String> read = new ConcurrentLinkedQueue<>();
  private TopicFollower consumer = newConsumer();

  @BeforeEach
  void start() {
    topics.ensure();
  }

  @AfterEach
  void stop() {
    consumer.stop();
    topics.close();
    admin.close();
    kafka.close();
  }

  @Test
  void a_restarted_instance_continues_where_its_group_stands() {
    consumer.start();
    publish("A", 20);
    awaitRead("A", 20);
    consumer.stop();
    read.clear();

    consumer = newConsumer();
    consumer.start();
    publish("B", 20);
    awaitRead("B", 20);

    assertThat(read).noneMatch(order -> order.startsWith("ORD-A"));
  }

  @Test
  void every_record_of_a_topic_that_was_created_anew_is_read_by_a_running_instance()
      throws Exception {
    publish("A", 20);
    consumer.start();
    awaitRead("A", 20);

    recreateTopic();
    // More than before: an offset of the old topic would lie in the midst of the new one.
    publish("B", 200);

    awaitRead("B", 200);
  }

  @Test
  void every_record_of_a_topic_that_was_created_anew_is_read_by_a_restarted_instance()
      throws Exception {
    publish("A", 20);
    consumer.start();
    awaitRead("A", 20);
    consumer.stop();
    recreateTopic();
    publish("B", 200);
    keepOffsetsThatKafkaHasForgotten();

    consumer = newConsumer();
    consumer.start();

    awaitRead("B", 200);
  }

  /** Kafka forgets the offsets of a deleted topic, but not when it was restored from elsewhere. */
  private void keepOffsetsThatKafkaHasForgotten() throws Exception {
    for (var group : admin.listGroups().all().get()) {
      admin
          .alterConsumerGroupOffsets(
              group.groupId(),
              IntStream.range(0, EventTopic.PARTITIONS)
                  .boxed()
                  .collect(
                      Collectors.toMap(
                          partition -> new TopicPartition(TOPIC.topicName(), partition),
                          _ -> new OffsetAndMetadata(5))))
          .all()
          .get();
    }
  }

  private void recreateTopic() throws Exception {
    var before = topics.ensure().get(TOPIC);
    admin.deleteTopics(List.of(TOPIC.topicName())).all().get();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> !before.equals(topics.ensure().get(TOPIC)));
  }

  private void publish(String series, int count) {
    try (var events = new Events(kafka.bootstrapServers())) {
      for (var i = 0; i < count; i++) {
        events.publish(new OrderConfirmedEvent(new OrderId("ORD-" + series + i), Instant.EPOCH));
      }
    }
  }

  private void awaitRead(String series, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(read.stream().filter(order -> order.startsWith("ORD-" + series)).distinct())
                .hasSize(count));
  }

  private TopicFollower newConsumer() {
    var consumers =
        new DefaultKafkaConsumerFactory<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "session.timeout.ms",
                3_000,
                "heartbeat.interval.ms",
                500),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    return new ConsumerGroups(
            consumers,
            new EventRecordConverter(EventJson.serializer()),
            new DeadLetters(database.jdbc(), Clock.systemUTC()),
            database.transaction(),
            topics,
            new EventTopicProperties((short) 1, Duration.ofSeconds(3), Duration.ofMillis(200)),
            new TracedRecords(Traces.none()),
            Clock.systemUTC())
        .join(Worker.ORDER_SAGA, List.of(TOPIC), List.of(), this::note);
  }

  private Changes note(List<DomainEvent> events) {
    return () -> events.forEach(event -> read.add(((OrderConfirmedEvent) event).orderId().value()));
  }
}
