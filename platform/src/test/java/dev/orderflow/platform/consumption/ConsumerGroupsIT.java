package dev.orderflow.platform.consumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.api.Quantity;
import dev.orderflow.api.catalog.ProductId;
import dev.orderflow.api.inventory.StockLevels;
import dev.orderflow.api.inventory.StockReceivedEvent;
import dev.orderflow.api.topic.EventTopic;
import dev.orderflow.platform.consumption.Rows.Moments;
import dev.orderflow.platform.kafka.EventRecordConverter;
import dev.orderflow.platform.kafka.Topics;
import dev.orderflow.platform.serialization.EventJson;
import dev.orderflow.platform.testing.TestKafka;
import dev.orderflow.platform.testing.TestPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Each event takes effect exactly once in rows that know their sequence, whatever happens to
 * consumers, database and topics, though nothing but Kafka knows how far was read.
 */
class ConsumerGroupsIT {
  private static final int AGGREGATES = 20;
  private static final String TOPIC = EventTopic.INVENTORY.topicName();

  private final TestPostgres.Database database = TestPostgres.newDatabase();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final String kafka = TestKafka.sharedBootstrapServers();
  private final String group = "group-" + UUID.randomUUID();
  private final Topics topics = new Topics(Map.of("bootstrap.servers", kafka), (short) 1);
  private final EventRecordConverter converter = new EventRecordConverter(EventJson.serializer());
  private final AtomicInteger published = new AtomicInteger();

  @BeforeEach
  void an_empty_topic_and_an_empty_projection() throws Exception {
    jdbc.sql(
            """
            CREATE TABLE row (id text PRIMARY KEY, sequence bigint NOT NULL, events bigint NOT NULL)\
            """)
        .update();
    topics.ensure();
    recreateTopic();
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void every_event_is_applied_once_and_in_order() {
    publish(500);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(500);
      publish(500);
      awaitApplied(1_000);
    }
  }

  @Test
  void a_restarted_instance_continues_where_the_database_stands() {
    publish(200);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(200);
    }
    publish(200);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(400);
    }
  }

  @Test
  void instances_that_come_and_go_lose_and_repeat_nothing() {
    try (var _ = Node.start(database, kafka, group)) {
      publish(1_000);
      try (var _ = Node.start(database, kafka, group)) {
        publish(1_000);
        try (var _ = Node.start(database, kafka, group)) {
          publish(1_000);
        }
        publish(1_000);
      }
      publish(1_000);
      awaitApplied(5_000);
    }
  }

  @Test
  void a_batch_that_fails_before_its_commit_leaves_nothing_and_comes_again() {
    var failures = new AtomicInteger();
    publish(200);
    try (var _ =
        Node.start(
            database,
            kafka,
            group,
            beforeCommit(_ -> {
              if (failures.incrementAndGet() <= 3) {
                throw new IllegalStateException("failure number " + failures.get());
              }
            }))) {
      awaitApplied(200);
    }
    assertThat(failures).hasValueGreaterThan(3);
  }

  @Test
  void a_connection_that_dies_between_write_and_commit_takes_the_rows_with_it() {
    var killed = new AtomicBoolean();
    publish(200);
    try (var _ =
        Node.start(
            database,
            kafka,
            group,
            beforeCommit(connection -> {
              if (!killed.getAndSet(true)) {
                connection
                    .sql("SELECT pg_terminate_backend(pg_backend_pid())")
                    .query(Boolean.class)
                    .single();
              }
            }))) {
      awaitApplied(200);
    }
    assertThat(killed).isTrue();
  }

  @Test
  void an_instance_paused_before_its_commit_rolls_back_when_its_partition_has_moved() {
    var paused = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    publish(100);
    try (var _ = Node.start(database, kafka, group, beforeCommit(_ -> pauseOnce(paused, resume)))) {
      awaitLatch(paused);
      try (var _ = Node.start(database, kafka, group)) {
        awaitApplied(100);
        resume.countDown();
        publish(100);
        awaitApplied(200);
      }
    }
  }

  @Test
  void an_instance_paused_before_its_transaction_applies_nothing_when_its_partition_has_moved() {
    var paused = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    publish(100);
    try (var _ =
        Node.start(database, kafka, group, beforeTransaction(() -> pauseOnce(paused, resume)))) {
      awaitLatch(paused);
      try (var _ = Node.start(database, kafka, group)) {
        awaitApplied(100);
        resume.countDown();
        publish(100);
        awaitApplied(200);
      }
    }
  }

  @Test
  void a_topic_that_was_created_anew_is_read_from_its_first_record() throws Exception {
    publish(300);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(300);
      recreateTopic();
      publish(400);
      awaitApplied(700);
    }
  }

  @Test
  void a_consumer_that_hangs_in_its_work_asks_for_no_records_and_that_is_seen() {
    var paused = new CountDownLatch(1);
    var resume = new CountDownLatch(1);
    publish(1);
    try (var hanging =
        Node.start(database, kafka, group, beforeTransaction(() -> pauseOnce(paused, resume)))) {
      awaitLatch(paused);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> hanging.sinceLastPoll().compareTo(Duration.ofSeconds(7)) > 0);

      resume.countDown();

      // An idle one asks every second.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> hanging.sinceLastPoll().compareTo(Duration.ofSeconds(6)) < 0);
    }
  }

  @Test
  void a_topic_that_was_created_anew_is_read_from_its_first_record_by_a_restarted_instance()
      throws Exception {
    publish(300);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(300);
    }
    recreateTopic();
    // More than before: an offset of the old topic would lie in the midst of the new one.
    publish(400);
    keepOffsetsThatKafkaHasForgotten();

    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(700);
    }
  }

  /** Kafka forgets the offsets of a deleted topic, but not when it was restored from elsewhere. */
  private void keepOffsetsThatKafkaHasForgotten() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      for (var known : admin.listGroups().all().get()) {
        if (known.groupId().startsWith(group)) {
          admin
              .alterConsumerGroupOffsets(
                  known.groupId(),
                  IntStream.range(0, EventTopic.PARTITIONS)
                      .boxed()
                      .collect(
                          Collectors.toMap(
                              partition -> new TopicPartition(TOPIC, partition),
                              _ -> new OffsetAndMetadata(5))))
              .all()
              .get();
        }
      }
    }
  }

  @Test
  void kafka_is_told_how_far_was_read_also_when_nothing_comes_any_more() {
    publish(200);
    try (var _ = Node.start(database, kafka, group)) {
      awaitApplied(200);
      var name = Subscription.of(group, Node.SOURCES, topics.ensure()).group();
      await().atMost(Duration.ofSeconds(30)).until(() -> topics.read(name) == 200);
    }
    assertThat(topics.read("no such group")).isZero();
  }

  @Test
  void what_kafka_could_not_be_told_in_time_it_is_told_later() {
    var consumers = new DefaultKafkaConsumerFactory<String, byte[]>(Node.settings(kafka));
    consumers.addPostProcessor(ConsumerGroupsIT::withoutAnAnswerToTheFirstCommit);
    publish(200);
    var follower =
        new ConsumerGroups(consumers, topics, Duration.ofMillis(200))
            .join(group, Node.SOURCES, 100, (_, _) -> {});
    follower.start();
    try {
      var name = Subscription.of(group, Node.SOURCES, topics.ensure()).group();
      await().atMost(Duration.ofSeconds(30)).until(() -> topics.read(name) == 200);
    } finally {
      follower.stop();
    }
  }

  @SuppressWarnings("unchecked")
  private static org.apache.kafka.clients.consumer.Consumer<String, byte[]>
      withoutAnAnswerToTheFirstCommit(
          org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer) {
    var told = new AtomicBoolean();
    return (org.apache.kafka.clients.consumer.Consumer<String, byte[]>)
        Proxy.newProxyInstance(
            ConsumerGroupsIT.class.getClassLoader(),
            new Class<?>[] {org.apache.kafka.clients.consumer.Consumer.class},
            (_, method, arguments) -> {
              if (method.getName().equals("commitSync") && !told.getAndSet(true)) {
                throw new TimeoutException("Kafka does not answer");
              }
              try {
                return method.invoke(consumer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Moments beforeCommit(Consumer<JdbcClient> action) {
    return new Moments(() -> {}, action);
  }

  private static Moments beforeTransaction(Runnable action) {
    return new Moments(action, _ -> {});
  }

  private static void pauseOnce(CountDownLatch paused, CountDownLatch resume) {
    if (paused.getCount() > 0) {
      paused.countDown();
      awaitLatch(resume);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void recreateTopic() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      var before = topics.ensure().get(EventTopic.INVENTORY);
      admin.deleteTopics(List.of(TOPIC)).all().get();
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> {
            var now = topics.ensure().get(EventTopic.INVENTORY);
            return now != null && !now.equals(before);
          });
    }
  }

  /** Not idempotent: such a producer trips over a topic that was just created anew. */
  private void publish(int events) {
    try (var producer = producer()) {
      for (var i = 0; i < events; i++) {
        producer.send(converter.createKafkaMessage(nextEvent(), TOPIC));
      }
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka,
            "enable.idempotence",
            false,
            "max.in.flight.requests.per.connection",
            1),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private GenericDomainEventMessage<?> nextEvent() {
    var number = published.getAndIncrement();
    var productId = new ProductId("P" + number % AGGREGATES);
    return new GenericDomainEventMessage<>(
        "InventoryItem",
        "stock-" + productId,
        number / AGGREGATES,
        new StockReceivedEvent(
            productId, new Quantity(1), new StockLevels(1, 0, 0), Instant.EPOCH));
  }

  /** A row that has taken in an event twice has more of them than its sequence says. */
  private void awaitApplied(int events) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(sum("sequence + 1")).isGreaterThanOrEqualTo(events));
    assertThat(sum("sequence + 1")).isEqualTo(events);
    assertThat(sum("events")).isEqualTo(events);
  }

  private long sum(String what) {
    return jdbc.sql("SELECT coalesce(sum(" + what + "), 0) FROM row").query(Long.class).single();
  }
}
